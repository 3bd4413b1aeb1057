using System.CommandLine;
using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets ls s3://bucket/prefix</c>: every object under the prefix.</summary>
internal sealed class ObjectListCommand : ServiceCommand<AmazonS3Client>
{
    private readonly Argument<string> _address = new("ADDRESS") { Description = "s3://bucket or s3://bucket/prefix" };
    private readonly OutputOption _output = new();

    public ObjectListCommand(CommandConsole console)
        : base(ServiceApis.S3, console, "ls", "List the objects under a prefix: time, bytes, key.", "headrace buckets ls s3://lake/firehose/")
    {
        Add(_address);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(AmazonS3Client s3, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        await foreach (var item in ObjectListing.ReadAsync(s3, ObjectAddress.Parse(parsed.GetRequiredValue(_address)), cancellation))
        {
            if (format == OutputFormat.Json)
                Console.Output.WriteJson(item, WriteJson);
            else
                Console.Output.WriteLine($"{Time(item).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {item.Size ?? 0,12} {item.Key}");
        }
        return ExitCodes.Done;
    }

    private static DateTime Time(S3Object item) => item.LastModified?.ToUniversalTime() ?? DateTime.UnixEpoch;

    private static void WriteJson(System.Text.Json.Utf8JsonWriter json, S3Object item)
    {
        json.WriteString("key", item.Key);
        json.WriteNumber("size", item.Size ?? 0);
        json.WriteString("lastModified", Time(item));
        json.WriteString("etag", item.ETag?.Trim('"'));
    }
}
