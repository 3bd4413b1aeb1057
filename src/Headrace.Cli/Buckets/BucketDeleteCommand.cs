using System.CommandLine;
using Amazon.S3;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets delete NAME</c>.</summary>
internal sealed class BucketDeleteCommand : ServiceCommand<AmazonS3Client>
{
    private readonly Argument<string> _name = new("NAME");
    private readonly Option<bool> _force = new("--force") { Description = "Delete its objects as well" };

    public BucketDeleteCommand(CommandConsole console)
        : base(ServiceApis.S3, console, "delete", "Delete an empty bucket.", "headrace buckets delete lake --force")
    {
        Add(_name);
        Add(_force);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(AmazonS3Client s3, ParseResult parsed, CancellationToken cancellation)
    {
        var name = ObjectAddress.Parse(parsed.GetRequiredValue(_name)).Bucket;
        if (parsed.GetValue(_force))
        {
            var removed = await ObjectListing.RemoveAllAsync(s3, new ObjectAddress(name, ""), cancellation);
            Console.Say($"{removed} objects are removed from {name}");
        }
        try
        {
            await s3.DeleteBucketAsync(name, cancellation);
        }
        catch (AmazonS3Exception failure) when (failure.ErrorCode == "BucketNotEmpty")
        {
            throw new CommandFailedException($"bucket {name} still holds objects; delete them too with --force", failure);
        }
        Console.Say($"bucket {name} is deleted");
        return ExitCodes.Done;
    }
}
