using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery describe NAME</c>.</summary>
internal sealed class DeliveryDescribeCommand : ServiceCommand<FirehoseClient>
{
    private readonly Argument<string> _name = new("NAME");
    private readonly OutputOption _output = new();

    public DeliveryDescribeCommand(CommandConsole console)
        : base(ServiceApis.Firehose, console, "describe", "Show a delivery stream.", "headrace delivery describe orders-to-lake")
    {
        Add(_name);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(FirehoseClient firehose, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        var stream = await firehose.DescribeDeliveryStreamAsync(parsed.GetRequiredValue(_name), cancellation);
        if (format == OutputFormat.Json)
            Console.Output.WriteJson(stream, WriteJson);
        else
            WriteText(stream);
        return ExitCodes.Done;
    }

    private void WriteText(DeliveryStreamSummary stream)
    {
        Console.Output.WriteLine($"{stream.Name}  {stream.Status}  {stream.Type}");
        Console.Output.WriteLine(stream.Arn);
        if (stream.SourceArn is not null)
            Console.Output.WriteLine($"  from  {stream.SourceArn}");
        if (stream.BucketArn is not null)
            Console.Output.WriteLine($"  into  {stream.BucketArn}, prefix '{stream.Prefix}', errors '{stream.ErrorOutputPrefix}'");
        Console.Output.WriteLine($"  after {stream.BufferSizeMiB} MiB or {stream.BufferSeconds} s, {stream.Compression}");
    }

    private static void WriteJson(Utf8JsonWriter json, DeliveryStreamSummary stream)
    {
        json.WriteString("deliveryStreamName", stream.Name);
        json.WriteString("deliveryStreamARN", stream.Arn);
        json.WriteString("deliveryStreamStatus", stream.Status);
        json.WriteString("deliveryStreamType", stream.Type);
        json.WriteString("kinesisStreamARN", stream.SourceArn);
        json.WriteString("bucketARN", stream.BucketArn);
        json.WriteString("prefix", stream.Prefix);
        json.WriteString("errorOutputPrefix", stream.ErrorOutputPrefix);
        WriteNumber(json, "bufferSizeInMBs", stream.BufferSizeMiB);
        WriteNumber(json, "bufferIntervalInSeconds", stream.BufferSeconds);
        json.WriteString("compressionFormat", stream.Compression);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
