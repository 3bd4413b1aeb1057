using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;
using Headrace.Client.Firehose;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery describe NAME</c>.</summary>
internal sealed class DeliveryDescribeCommand(CommandConsole console)
    : DescribeCommand<FirehoseClient, DescribedDelivery>(ServiceApis.Firehose, console, "describe", new Argument<string>("NAME"), "Show a delivery stream.", "headrace delivery describe orders-to-lake")
{
    // More than these no delivery stream has.
    private const int MostTags = 50;

    protected override async Task<DescribedDelivery> FindAsync(FirehoseClient firehose, string name, CancellationToken cancellation)
    {
        var stream = await firehose.DescribeDeliveryStreamAsync(name, cancellation);
        if (ClientEndpoint.IsAws(firehose.Endpoint))
            return new DescribedDelivery(stream, null);
        var answer = await firehose.ListTagsForDeliveryStreamAsync(new ListTagsForDeliveryStreamRequest { DeliveryStreamName = name, Limit = MostTags }, cancellation);
        return new DescribedDelivery(stream, CompactionTags.Of(answer.Tags.Select(static tag => (tag.Key, tag.Value))));
    }

    protected override IEnumerable<string> LinesOf(DescribedDelivery described)
    {
        var stream = described.Stream;
        yield return $"{stream.Name}  {stream.Status}  {stream.Type}";
        yield return stream.Arn;
        if (stream.SourceArn is not null)
            yield return $"  from  {stream.SourceArn}";
        if (stream.BucketArn is not null)
            yield return $"  into  {stream.BucketArn}, prefix '{stream.Prefix}', errors '{stream.ErrorOutputPrefix}'";
        yield return $"  after {stream.BufferSizeMiB} MiB or {stream.BufferSeconds} s, {stream.Compression}";
        if (described.Compaction is { } compaction)
            yield return compaction.ToString();
    }

    protected override void WriteJson(Utf8JsonWriter json, DescribedDelivery described)
    {
        var stream = described.Stream;
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
        described.Compaction?.WriteJson(json);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
