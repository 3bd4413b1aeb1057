using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Delivery;
using Headrace.Client;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels describe NAME</c>.</summary>
internal sealed class ChannelDescribeCommand(CommandConsole console)
    : DescribeCommand<KinesisClient, DescribedChannel>(
        ServiceApis.Kinesis, console, "describe", new Argument<string>("NAME") { Description = "The channel's name or ARN" }, "Show a channel.", "headrace channels describe to-lake")
{
    protected override async Task<DescribedChannel> FindAsync(KinesisClient kinesis, string name, CancellationToken cancellation)
    {
        var channel = await ChannelLookup.DescribeAsync(kinesis, await ChannelLookup.ArnOfAsync(kinesis, name, cancellation), cancellation);
        if (ClientEndpoint.IsAws(kinesis.Endpoint))
            return new DescribedChannel(channel, null);
        var answer = await kinesis.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceArn = channel.ChannelArn }, cancellation);
        return new DescribedChannel(channel, CompactionTags.Of((answer.Tags ?? []).Select(static tag => (tag.Key, tag.Value))));
    }

    protected override IEnumerable<string> LinesOf(DescribedChannel described)
    {
        var channel = described.Channel;
        yield return $"{channel.ChannelName}  {channel.ChannelStatus}{(channel.ChannelStatusReason is { } reason ? $"  {reason}" : "")}";
        yield return channel.ChannelArn;
        foreach (var stream in channel.StreamConfigurationList)
            yield return $"  from  {stream.StreamArn}, {stream.RecordConfiguration.RecordFormatType}";
        if (channel.S3DestinationConfiguration is { } bucket)
        {
            var storage = bucket.StorageConfiguration;
            yield return $"  into  {storage.BucketArn}, keys '{storage.OutputKeyTemplate}', {storage.StorageClass}";
            yield return $"  after {bucket.DataFreshnessInSeconds} s, {storage.CompressionType}";
            yield return LineOf(bucket.DeadLetterQueueS3Configuration);
        }
        if (channel.S3TablesDestinationConfiguration is { } tables)
        {
            foreach (var table in tables.S3TablesConfigurationList)
                yield return $"  into  {table.TableBucketArn}, table {table.Namespace}.{table.TableName}, {table.CompressionType}";
            yield return $"  after {tables.DataFreshnessInSeconds} s";
            yield return LineOf(tables.DeadLetterQueueS3Configuration);
        }
        if (described.Compaction is { } compaction)
            yield return compaction.ToString();
        if (channel.LoggingConfiguration.CloudWatchLogs is { Enabled: true } logs)
            yield return $"  log   {logs.LogGroupName}, {logs.LogStreamName}";
    }

    protected override void WriteJson(Utf8JsonWriter json, DescribedChannel described)
    {
        var channel = described.Channel;
        json.WriteString("channelName", channel.ChannelName);
        json.WriteString("channelARN", channel.ChannelArn);
        json.WriteString("channelId", channel.ChannelId);
        json.WriteString("channelStatus", channel.ChannelStatus);
        json.WriteString("channelStatusReason", channel.ChannelStatusReason);
        json.WriteString("creationTimestamp", channel.ChannelCreationTimestamp);
        var stream = channel.StreamConfigurationList.Count > 0 ? channel.StreamConfigurationList[0] : null;
        json.WriteString("streamARN", stream?.StreamArn);
        json.WriteString("recordFormatType", stream?.RecordConfiguration.RecordFormatType);
        var (bucket, tables) = (channel.S3DestinationConfiguration, channel.S3TablesDestinationConfiguration);
        if ((bucket?.DataFreshnessInSeconds ?? tables?.DataFreshnessInSeconds) is { } seconds)
            json.WriteNumber("dataFreshnessInSeconds", seconds);
        var storage = bucket?.StorageConfiguration;
        json.WriteString("bucketARN", storage?.BucketArn);
        json.WriteString("outputKeyTemplate", storage?.OutputKeyTemplate);
        json.WriteString("storageClass", storage?.StorageClass);
        json.WriteString("compressionType", storage?.CompressionType);
        if (tables is not null)
        {
            json.WriteStartArray("tables");
            foreach (var table in tables.S3TablesConfigurationList)
            {
                json.WriteStartObject();
                json.WriteString("tableBucketARN", table.TableBucketArn);
                json.WriteString("namespace", table.Namespace);
                json.WriteString("tableName", table.TableName);
                json.WriteString("compressionType", table.CompressionType);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        var letters = bucket?.DeadLetterQueueS3Configuration ?? tables?.DeadLetterQueueS3Configuration;
        json.WriteString("deadLetterBucketARN", letters?.BucketArn);
        json.WriteString("errorOutputPrefix", letters?.ErrorOutputPrefix);
        json.WriteString("logGroupName", channel.LoggingConfiguration.CloudWatchLogs.LogGroupName);
        json.WriteString("logStreamName", channel.LoggingConfiguration.CloudWatchLogs.LogStreamName);
        described.Compaction?.WriteJson(json);
    }

    private static string LineOf(DeadLetterQueueS3Configuration letters) => $"  dead letters into {letters.BucketArn}, prefix '{letters.ErrorOutputPrefix}'";
}
