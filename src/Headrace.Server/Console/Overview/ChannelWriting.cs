using System.Text.Json;
using Headrace.Delivery.Channels;
using Headrace.Delivery.Destinations;

namespace Headrace.Server.Console.Overview;

/// <summary>Writes what makes a delivery stream a channel.</summary>
internal static class ChannelWriting
{
    public static void Write(Utf8JsonWriter writer, ChannelSettings channel, string arn, S3Destination deadLetters)
    {
        writer.WriteStartObject("channel");
        writer.WriteString("name", channel.Name);
        writer.WriteString("arn", arn);
        writer.WriteString("recordFormat", channel.RecordFormat.ToString());
        writer.WriteString("keyTemplate", channel.KeyTemplate);
        writer.WriteString("deadLetterBucket", deadLetters.Bucket);
        writer.WriteString("deadLetterPrefix", deadLetters.ErrorOutputPrefix);
        writer.WriteEndObject();
    }
}
