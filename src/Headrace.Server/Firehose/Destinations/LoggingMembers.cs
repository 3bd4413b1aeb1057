using System.Text.Json;
using Headrace.Delivery.Destinations;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Destinations;

/// <summary>Reads and writes CloudWatchLoggingOptions.</summary>
internal static class LoggingMembers
{
    public static CloudWatchLogging? Read(MemberReader destination) => destination.Structure("CloudWatchLoggingOptions") is { } logging
        ? new CloudWatchLogging(
            logging.Boolean("Enabled") ?? false,
            logging.String("LogGroupName", max: 512, pattern: FirehosePatterns.LogGroup),
            logging.String("LogStreamName", max: 512, pattern: FirehosePatterns.LogStream))
        : null;

    public static void Write(Utf8JsonWriter writer, CloudWatchLogging? logging)
    {
        writer.WriteStartObject("CloudWatchLoggingOptions");
        writer.WriteBoolean("Enabled", logging?.Enabled ?? false);
        if (!string.IsNullOrEmpty(logging?.LogGroupName))
            writer.WriteString("LogGroupName", logging.LogGroupName);
        if (!string.IsNullOrEmpty(logging?.LogStreamName))
            writer.WriteString("LogStreamName", logging.LogStreamName);
        writer.WriteEndObject();
    }
}
