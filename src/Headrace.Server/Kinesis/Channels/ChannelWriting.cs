using System.Text.Json;
using Headrace.Delivery.Channels;
using Headrace.Delivery.Destinations;

namespace Headrace.Server.Kinesis.Channels;

/// <summary>Writes what a channel is.</summary>
internal static class ChannelWriting
{
    /// <param name="writer">Where to.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="status">The state that a change has begun, however soon it is over.</param>
    public static void WriteChannel(this Utf8JsonWriter writer, Channel channel, ChannelStatus status)
    {
        var destination = channel.Destination;
        writer.WriteStartObject("ChannelDescription");
        WriteCommon(writer, channel, status);
        writer.WriteString("ServiceExecutionRoleARN", channel.RoleArn);
        writer.WriteStartArray("StreamConfigurationList");
        WriteStream(writer, channel, withRecords: true);
        writer.WriteEndArray();
        writer.WriteStartObject("S3DestinationConfiguration");
        writer.WriteNumber("DataFreshnessInSeconds", destination.BufferSeconds);
        WriteDeadLetters(writer, destination.Backup!);
        WriteStorage(writer, channel);
        writer.WriteEndObject();
        if (destination.KmsKeyArn is { } key)
        {
            writer.WriteStartObject("EncryptionConfiguration");
            writer.WriteString("EncryptionType", "KMS");
            writer.WriteString("KeyId", key);
            writer.WriteEndObject();
        }
        WriteLogging(writer, destination.CloudWatchLogging!);
        writer.WriteEndObject();
    }

    public static void WriteSummary(this Utf8JsonWriter writer, Channel channel)
    {
        writer.WriteStartObject();
        WriteCommon(writer, channel, channel.Status);
        writer.WriteString("ChannelDestinationType", "S3");
        writer.WriteStartArray("Streams");
        WriteStream(writer, channel, withRecords: false);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCommon(Utf8JsonWriter writer, Channel channel, ChannelStatus status)
    {
        writer.WriteString("ChannelName", channel.Name);
        writer.WriteString("ChannelARN", channel.Arn);
        writer.WriteString("ChannelId", channel.Id);
        writer.WriteString("ChannelStatus", status.ToString().ToUpperInvariant());
        writer.WriteTimestamp("ChannelCreationTimestamp", channel.CreatedAt);
    }

    private static void WriteStream(Utf8JsonWriter writer, Channel channel, bool withRecords)
    {
        writer.WriteStartObject();
        writer.WriteString("StreamARN", channel.StreamArn);
        writer.WriteTimestamp("StreamCreationTimestamp", channel.Settings.StreamCreatedAt);
        if (withRecords)
        {
            writer.WriteStartObject("RecordConfiguration");
            writer.WriteString("RecordFormatType", channel.Settings.RecordFormat switch
            {
                RecordFormat.Json => "JSON",
                RecordFormat.String => "STRING",
                _ => "BYTE_ARRAY",
            });
            if (channel.Settings.SchemaArn is { } schema)
                writer.WriteString("GSRSchemaARN", schema);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteDeadLetters(Utf8JsonWriter writer, S3Destination letters)
    {
        writer.WriteStartObject("DeadLetterQueueS3Configuration");
        writer.WriteString("BucketARN", letters.BucketArn);
        writer.WriteString("ExpectedBucketOwner", letters.ExpectedOwner);
        writer.WriteString("ErrorOutputPrefix", letters.ErrorOutputPrefix);
        writer.WriteEndObject();
    }

    private static void WriteStorage(Utf8JsonWriter writer, Channel channel)
    {
        var destination = channel.Destination;
        writer.WriteStartObject("StorageConfiguration");
        writer.WriteString("BucketARN", destination.BucketArn);
        writer.WriteString("ExpectedBucketOwner", destination.ExpectedOwner);
        writer.WriteString("OutputKeyTemplate", channel.Settings.KeyTemplate);
        writer.WriteString("StorageClass", destination.StorageClass);
        writer.WriteString("CompressionType", destination.Compression switch
        {
            CompressionFormat.Gzip => "GZIP",
            CompressionFormat.Zstd => "ZSTD",
            _ => "NONE",
        });
        writer.WriteEndObject();
    }

    private static void WriteLogging(Utf8JsonWriter writer, CloudWatchLogging logging)
    {
        writer.WriteStartObject("LoggingConfiguration");
        writer.WriteStartObject("CloudWatchLogs");
        writer.WriteBoolean("Enabled", logging.Enabled);
        if (logging.Enabled)
        {
            writer.WriteString("LogGroupName", logging.LogGroupName);
            writer.WriteString("LogStreamName", logging.LogStreamName);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
