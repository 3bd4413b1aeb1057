using System.Text.Json;
using Headrace.Delivery;
using Headrace.Delivery.Destinations;

namespace Headrace.Server.Firehose;

/// <summary>Writes a DestinationDescription: AWS shows every S3 destination in both forms, the plain and the extended.</summary>
internal static class S3DestinationWriting
{
    public static void Write(Utf8JsonWriter writer, DeliveryStream stream)
    {
        writer.WriteStartObject();
        writer.WriteString("DestinationId", stream.DestinationId);
        writer.WriteStartObject("S3DestinationDescription");
        WriteCommon(writer, stream.Destination);
        writer.WriteEndObject();
        writer.WriteStartObject("ExtendedS3DestinationDescription");
        WriteCommon(writer, stream.Destination);
        writer.WriteString("S3BackupMode", "Disabled");
        WriteOptional(writer, "FileExtension", stream.Destination.FileExtension);
        WriteOptional(writer, "CustomTimeZone", stream.Destination.CustomTimeZone);
        writer.WriteEndObject();
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
        writer.WriteString("CompressionFormat", destination.Compression == CompressionFormat.Gzip ? "GZIP" : "UNCOMPRESSED");
        WriteEncryption(writer, destination.KmsKeyArn);
        writer.WriteStartObject("CloudWatchLoggingOptions");
        writer.WriteBoolean("Enabled", destination.CloudWatchLogging?.Enabled ?? false);
        WriteOptional(writer, "LogGroupName", destination.CloudWatchLogging?.LogGroupName);
        WriteOptional(writer, "LogStreamName", destination.CloudWatchLogging?.LogStreamName);
        writer.WriteEndObject();
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

    private static void WriteOptional(Utf8JsonWriter writer, string member, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            writer.WriteString(member, value);
    }
}
