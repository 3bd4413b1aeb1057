using Headrace.Server.AwsJson;
using Headrace.Server.Kinesis.Settings;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class DescribeStreamSummary(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DescribeStreamSummary);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        members.ThrowIfInvalid();

        var reference = StreamReference.Resolve(request, given);
        var stream = streams.Get(reference.Scope, reference.Name);
        await request.RespondAsync(writer =>
        {
            writer.WriteStartObject("StreamDescriptionSummary");
            writer.WriteString("StreamName", stream.Name);
            writer.WriteString("StreamARN", stream.Arn);
            writer.WriteString("StreamStatus", stream.Status.WireName());
            writer.WriteMode(stream);
            writer.WriteNumber("RetentionPeriodHours", stream.RetentionHours);
            writer.WriteTimestamp("StreamCreationTimestamp", stream.CreatedAt);
            writer.WriteMonitoring(stream);
            writer.WriteEncryption(stream);
            writer.WriteNumber("OpenShardCount", stream.Map.OpenCount);
            writer.WriteNumber("ConsumerCount", stream.Consumers.Count);
            writer.WriteWarmThroughput(stream);
            if (stream.Mode == StreamMode.OnDemand)
                writer.WriteString("RecordDistributionStrategy", stream.Distribution.WireName());
            writer.WriteNumber("MaxRecordSizeInKiB", stream.MaxRecordBytes / 1024);
            writer.WriteEndObject();
        });
    }
}
