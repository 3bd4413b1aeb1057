using System.CommandLine;
using Amazon.S3;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets rm s3://bucket/key</c>.</summary>
internal sealed class ObjectRemoveCommand : ServiceCommand<AmazonS3Client>
{
    private readonly Argument<string> _address = new("ADDRESS") { Description = "s3://bucket/key, or a prefix with --recursive" };
    private readonly Option<bool> _recursive = new("--recursive") { Description = "Remove every object under the prefix" };

    public ObjectRemoveCommand(CommandConsole console)
        : base(ServiceApis.S3, console, "rm", "Remove an object.", "headrace buckets rm s3://lake/hello.txt", "headrace buckets rm s3://lake/firehose/ --recursive")
    {
        Add(_address);
        Add(_recursive);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(AmazonS3Client s3, ParseResult parsed, CancellationToken cancellation)
    {
        var address = ObjectAddress.Parse(parsed.GetRequiredValue(_address));
        if (parsed.GetValue(_recursive))
        {
            Console.Say($"{await ObjectListing.RemoveAllAsync(s3, address, cancellation)} objects are removed under {address}");
            return ExitCodes.Done;
        }
        await s3.DeleteObjectAsync(address.Bucket, address.WithKey().Key, cancellation);
        Console.Say($"{address} is removed");
        return ExitCodes.Done;
    }
}
