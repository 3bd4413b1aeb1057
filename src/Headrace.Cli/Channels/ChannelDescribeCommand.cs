using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels describe NAME</c>.</summary>
internal sealed class ChannelDescribeCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME") { Description = "The channel's name or ARN" };
    private readonly OutputOption _output = new();

    public ChannelDescribeCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "describe", "Show a channel.", "headrace channels describe to-lake")
    {
        Add(_name);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        var channel = await ChannelLookup.DescribeAsync(kinesis, await ChannelLookup.ArnOfAsync(kinesis, parsed.GetRequiredValue(_name), cancellation), cancellation);
        if (format == OutputFormat.Json)
            Console.Output.WriteJson(channel, WriteJson);
        else
            WriteText(channel);
        return ExitCodes.Done;
    }

    private void WriteText(ChannelDescription channel)
    {
        Console.Output.WriteLine($"{channel.ChannelName}  {channel.ChannelStatus}{(channel.ChannelStatusReason is { } reason ? $"  {reason}" : "")}");
        Console.Output.WriteLine(channel.ChannelArn);
        foreach (var stream in channel.StreamConfigurationList)
            Console.Output.WriteLine($"  from  {stream.StreamArn}, {stream.RecordConfiguration.RecordFormatType}");
        if (channel.S3DestinationConfiguration is { } bucket)
        {
            var storage = bucket.StorageConfiguration;
            Console.Output.WriteLine($"  into  {storage.BucketArn}, keys '{storage.OutputKeyTemplate}', {storage.StorageClass}");
            Console.Output.WriteLine($"  after {bucket.DataFreshnessInSeconds} s, {storage.CompressionType}");
            WriteDeadLetters(bucket.DeadLetterQueueS3Configuration);
        }
        if (channel.S3TablesDestinationConfiguration is { } tables)
        {
            foreach (var table in tables.S3TablesConfigurationList)
                Console.Output.WriteLine($"  into  {table.TableBucketArn}, table {table.Namespace}.{table.TableName}, {table.CompressionType}");
            Console.Output.WriteLine($"  after {tables.DataFreshnessInSeconds} s");
            WriteDeadLetters(tables.DeadLetterQueueS3Configuration);
        }
        if (channel.LoggingConfiguration.CloudWatchLogs is { Enabled: true } logs)
            Console.Output.WriteLine($"  log   {logs.LogGroupName}, {logs.LogStreamName}");
    }

    private void WriteDeadLetters(DeadLetterQueueS3Configuration letters) =>
        Console.Output.WriteLine($"  dead letters into {letters.BucketArn}, prefix '{letters.ErrorOutputPrefix}'");

    private static void WriteJson(Utf8JsonWriter json, ChannelDescription channel)
    {
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
    }
}
