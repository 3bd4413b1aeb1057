using System.CommandLine;
using Amazon.S3;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets create NAME</c>.</summary>
internal sealed class BucketCreateCommand : ServiceCommand<AmazonS3Client>
{
    private readonly Argument<string> _name = new("NAME") { Description = "3 to 63 lower-case letters, digits, dots and hyphens" };

    public BucketCreateCommand(CommandConsole console)
        : base(ServiceApis.S3, console, "create", "Create a bucket.", "headrace buckets create lake")
    {
        Add(_name);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(AmazonS3Client s3, ParseResult parsed, CancellationToken cancellation)
    {
        var name = ObjectAddress.Parse(parsed.GetRequiredValue(_name)).Bucket;
        await s3.PutBucketAsync(name, cancellation);
        Console.Say($"bucket {name} is created");
        return ExitCodes.Done;
    }
}
