using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.S3;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets list</c>.</summary>
internal sealed class BucketListCommand(CommandConsole console)
    : ListCommand<AmazonS3Client, (string Name, DateTime CreatedAt)>(ServiceApis.S3, console, "List the buckets.", "headrace buckets list")
{
    protected override async IAsyncEnumerable<(string Name, DateTime CreatedAt)> ListAsync(AmazonS3Client s3, ParseResult parsed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var bucket in (await s3.ListBucketsAsync(cancellation)).Buckets ?? [])
            yield return (bucket.BucketName, bucket.CreationDate?.ToUniversalTime() ?? DateTime.UnixEpoch);
    }

    protected override string TextOf((string Name, DateTime CreatedAt) bucket) => $"{bucket.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {bucket.Name}";

    protected override void WriteJson(Utf8JsonWriter json, (string Name, DateTime CreatedAt) bucket)
    {
        json.WriteString("name", bucket.Name);
        json.WriteString("creationDate", bucket.CreatedAt);
    }
}
