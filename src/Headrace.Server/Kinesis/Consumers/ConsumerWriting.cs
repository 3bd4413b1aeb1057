using System.Text.Json;
using Headrace.Streams.Consumers;

namespace Headrace.Server.Kinesis.Consumers;

/// <summary>Writes what several answers say of a consumer.</summary>
internal static class ConsumerWriting
{
    public static void WriteConsumer(this Utf8JsonWriter writer, StreamConsumer consumer)
    {
        writer.WriteString("ConsumerName", consumer.Name);
        writer.WriteString("ConsumerARN", consumer.Arn);
        writer.WriteString("ConsumerStatus", consumer.Status.ToString().ToUpperInvariant());
        writer.WriteTimestamp("ConsumerCreationTimestamp", consumer.CreatedAt);
    }
}
