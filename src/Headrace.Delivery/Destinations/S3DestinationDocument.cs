using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Headrace.Delivery.Destinations;

/// <summary>A destination as the JSON text that the control database keeps; absent members have their defaults.</summary>
internal static class S3DestinationDocument
{
    public static string Write(S3Destination destination)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("roleArn", destination.RoleArn);
            writer.WriteString("bucketArn", destination.BucketArn);
            WriteOptional(writer, "prefix", destination.Prefix);
            WriteOptional(writer, "errorOutputPrefix", destination.ErrorOutputPrefix);
            writer.WriteNumber("bufferMegabytes", destination.BufferMegabytes);
            writer.WriteNumber("bufferSeconds", destination.BufferSeconds);
            writer.WriteString("compression", destination.Compression.ToString());
            WriteOptional(writer, "kmsKeyArn", destination.KmsKeyArn);
            WriteOptional(writer, "fileExtension", destination.FileExtension);
            WriteOptional(writer, "customTimeZone", destination.CustomTimeZone);
            if (destination.CloudWatchLogging is { } logging)
            {
                writer.WriteStartObject("cloudWatchLogging");
                writer.WriteBoolean("enabled", logging.Enabled);
                WriteOptional(writer, "logGroupName", logging.LogGroupName);
                WriteOptional(writer, "logStreamName", logging.LogStreamName);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static S3Destination Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        return new S3Destination
        {
            RoleArn = root.GetProperty("roleArn").GetString()!,
            BucketArn = root.GetProperty("bucketArn").GetString()!,
            Prefix = ReadOptional(root, "prefix"),
            ErrorOutputPrefix = ReadOptional(root, "errorOutputPrefix"),
            BufferMegabytes = root.GetProperty("bufferMegabytes").GetInt32(),
            BufferSeconds = root.GetProperty("bufferSeconds").GetInt32(),
            Compression = Enum.Parse<CompressionFormat>(root.GetProperty("compression").GetString()!),
            KmsKeyArn = ReadOptional(root, "kmsKeyArn"),
            FileExtension = ReadOptional(root, "fileExtension"),
            CustomTimeZone = ReadOptional(root, "customTimeZone"),
            CloudWatchLogging = root.TryGetProperty("cloudWatchLogging", out var logging)
                ? new CloudWatchLogging(logging.GetProperty("enabled").GetBoolean(), ReadOptional(logging, "logGroupName"), ReadOptional(logging, "logStreamName"))
                : null,
        };
    }

    private static void WriteOptional(Utf8JsonWriter writer, string member, string? value)
    {
        if (value is not null)
            writer.WriteString(member, value);
    }

    private static string? ReadOptional(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetString() : null;
}
