using System.Text.Json;
using Headrace.Delivery;
using Headrace.Server.AwsJson;
using Headrace.Server.Firehose.Destinations;

namespace Headrace.Server.Firehose;

internal sealed class DescribeDeliveryStream(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(DescribeDeliveryStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        members.Integer("Limit", min: 1, max: 10_000);
        var after = members.String("ExclusiveStartDestinationId", min: 1, max: 100, pattern: FirehosePatterns.DestinationId);
        members.ThrowIfInvalid();

        var stream = delivery.Get(request.Scope, name!);
        var showsDestination = after is null || string.CompareOrdinal(after, stream.DestinationId) < 0;
        await request.RespondAsync(writer =>
        {
            writer.WriteStartObject("DeliveryStreamDescription");
            Write(writer, stream, showsDestination);
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, DeliveryStream stream, bool showsDestination)
    {
        writer.WriteString("DeliveryStreamName", stream.Name);
        writer.WriteString("DeliveryStreamARN", stream.Arn);
        writer.WriteString("DeliveryStreamStatus", stream.Status switch
        {
            DeliveryStreamStatus.Creating => "CREATING",
            DeliveryStreamStatus.Active => "ACTIVE",
            _ => "DELETING",
        });
        EncryptionMembers.Write(writer, stream);
        writer.WriteString("DeliveryStreamType", stream.Type.ToString());
        writer.WriteString("VersionId", stream.VersionId);
        writer.WriteNumber("CreateTimestamp", Seconds(stream.CreatedAt));
        if (stream.UpdatedAt is { } updated)
            writer.WriteNumber("LastUpdateTimestamp", Seconds(updated));
        WriteSource(writer, stream);
        writer.WriteStartArray("Destinations");
        if (showsDestination)
            S3DestinationWriting.Write(writer, stream);
        writer.WriteEndArray();
        writer.WriteBoolean("HasMoreDestinations", false);
    }

    private static void WriteSource(Utf8JsonWriter writer, DeliveryStream stream)
    {
        if (stream.KinesisSource is { } kinesis)
        {
            writer.WriteStartObject("Source");
            writer.WriteStartObject("KinesisStreamSourceDescription");
            writer.WriteString("KinesisStreamARN", kinesis.StreamArn);
            writer.WriteString("RoleARN", kinesis.RoleArn);
            writer.WriteNumber("DeliveryStartTimestamp", Seconds(stream.CreatedAt));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        else if (stream.ThroughputHintMegabytes is { } hint)
        {
            writer.WriteStartObject("Source");
            writer.WriteStartObject("DirectPutSourceDescription");
            writer.WriteNumber("ThroughputHintInMBs", hint);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    private static decimal Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;
}
