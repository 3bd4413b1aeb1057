using System.CommandLine;
using System.Globalization;
using Amazon.S3;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets list</c>.</summary>
internal sealed class BucketListCommand : ServiceCommand<AmazonS3Client>
{
    private readonly OutputOption _output = new();

    public BucketListCommand(CommandConsole console)
        : base(ServiceApis.S3, console, "list", "List the buckets.", "headrace buckets list")
    {
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(AmazonS3Client s3, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        foreach (var bucket in (await s3.ListBucketsAsync(cancellation)).Buckets ?? [])
        {
            var created = bucket.CreationDate?.ToUniversalTime() ?? DateTime.UnixEpoch;
            if (format == OutputFormat.Json)
            {
                Console.Output.WriteJson((bucket.BucketName, created), static (json, bucket) =>
                {
                    json.WriteString("name", bucket.BucketName);
                    json.WriteString("creationDate", bucket.created);
                });
            }
            else
            {
                Console.Output.WriteLine($"{created.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {bucket.BucketName}");
            }
        }
        return ExitCodes.Done;
    }
}
