using Headrace.Server.AwsJson;
using Headrace.Server.Kinesis.Settings;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class DescribeStream(StreamCatalog streams) : IAwsJsonOperation
{
    private const int DefaultLimit = 100;

    public string Name => nameof(DescribeStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var limit = members.Integer("Limit", min: 1, max: 10_000) ?? DefaultLimit;
        var after = members.String("ExclusiveStartShardId", min: 1, max: 128, pattern: KinesisPatterns.ShardId);
        members.ThrowIfInvalid();

        var reference = StreamReference.Resolve(request, given);
        var stream = streams.Get(reference.Scope, reference.Name);
        // A stream that is being created doesn't show its shards yet, one that is being deleted no more.
        var shards = stream.IsServing ? ListShards.After(stream, after) : [];
        await request.RespondAsync(writer =>
        {
            writer.WriteStartObject("StreamDescription");
            writer.WriteString("StreamName", stream.Name);
            writer.WriteString("StreamARN", stream.Arn);
            writer.WriteString("StreamStatus", stream.Status.WireName());
            writer.WriteMode(stream);
            writer.WriteStartArray("Shards");
            foreach (var shard in shards.Take((int)limit))
                writer.WriteShard(shard);
            writer.WriteEndArray();
            writer.WriteBoolean("HasMoreShards", shards.Count > limit);
            writer.WriteNumber("RetentionPeriodHours", stream.RetentionHours);
            writer.WriteTimestamp("StreamCreationTimestamp", stream.CreatedAt);
            writer.WriteMonitoring(stream);
            writer.WriteEncryption(stream);
            writer.WriteEndObject();
        });
    }
}
