using System.Text.Json;
using Headrace.Delivery;
using Headrace.Delivery.Destinations;

namespace Headrace.Server.Firehose.Destinations;

/// <summary>Writes a DestinationDescription: AWS shows every S3 destination in both forms, the plain and the extended.</summary>
internal static class S3DestinationWriting
{
    public static void Write(Utf8JsonWriter writer, DeliveryStream stream)
    {
        var destination = stream.Destination;
        if (destination.Endpoint is { } endpoint)
        {
            HttpEndpointMembers.Write(writer, stream, endpoint);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("DestinationId", stream.DestinationId);
        WritePlain(writer, "S3DestinationDescription", destination);
        writer.WriteStartObject("ExtendedS3DestinationDescription");
        WriteCommon(writer, destination);
        ProcessingMembers.Write(writer, destination.Processing);
        writer.WriteString("S3BackupMode", destination.BacksUp ? "Enabled" : "Disabled");
        if (destination.Backup is { } backup)
            WritePlain(writer, "S3BackupDescription", backup);
        ConversionMembers.Write(writer, destination.Conversion);
        WritePartitioning(writer, destination.DynamicPartitioning);
        WriteOptional(writer, "FileExtension", destination.FileExtension);
        WriteOptional(writer, "CustomTimeZone", destination.CustomTimeZone);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WritePlain(Utf8JsonWriter writer, string member, S3Destination destination)
    {
        writer.WriteStartObject(member);
        WriteCommon(writer, destination);
        writer.WriteEndObject();
    }

    private static void WriteCommon(Utf8JsonWriter writer, S3Destination destination)
    {
        writer.WriteString("RoleARN", destination.RoleArn);
        writer.WriteString("BucketARN", destination.BucketArn);
        WriteOptional(writer, "Prefix", destination.Prefix);
        WriteOptional(writer, "ErrorOutputPrefix", destination.ErrorOutputPrefix);
        writer.WriteStartObject("BufferingHints");
        writer.WriteNumber("SizeInMBs", destination.BufferMegabytes);
        writer.WriteNumber("IntervalInSeconds", destination.BufferSeconds);
        writer.WriteEndObject();
        writer.WriteString("CompressionFormat", destination.Compression switch
        {
            CompressionFormat.Gzip => "GZIP",
            CompressionFormat.Zip => "ZIP",
            CompressionFormat.Snappy => "Snappy",
            CompressionFormat.HadoopSnappy => "HADOOP_SNAPPY",
            _ => "UNCOMPRESSED",
        });
        WriteEncryption(writer, destination.KmsKeyArn);
        LoggingMembers.Write(writer, destination.CloudWatchLogging);
    }

    private static void WriteEncryption(Utf8JsonWriter writer, string? keyArn)
    {
        writer.WriteStartObject("EncryptionConfiguration");
        if (keyArn is null)
        {
            writer.WriteString("NoEncryptionConfig", "NoEncryption");
        }
        else
        {
            writer.WriteStartObject("KMSEncryptionConfig");
            writer.WriteString("AWSKMSKeyARN", keyArn);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WritePartitioning(Utf8JsonWriter writer, DynamicPartitioning? partitioning)
    {
        if (partitioning is null)
            return;
        writer.WriteStartObject("DynamicPartitioningConfiguration");
        if (partitioning.RetrySeconds is { } seconds)
        {
            writer.WriteStartObject("RetryOptions");
            writer.WriteNumber("DurationInSeconds", seconds);
            writer.WriteEndObject();
        }
        writer.WriteBoolean("Enabled", partitioning.Enabled);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string member, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            writer.WriteString(member, value);
    }
}
