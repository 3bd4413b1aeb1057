using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Iterators;

namespace Headrace.Server.Kinesis;

internal sealed class GetRecords(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(GetRecords);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var iterator = members.String("ShardIterator", required: true, min: 1, max: 512);
        var limit = (int)(members.Integer("Limit", min: 1, max: StreamLimits.MaxGetRecords) ?? StreamLimits.MaxGetRecords);
        members.String("StreamARN", min: 1, max: 2048, pattern: StreamReference.ArnPattern);
        members.ThrowIfInvalid();

        using var page = new RecordPage();
        var reading = await streams.ReadAsync(iterator!, limit, page, request.Aborted);
        using var answer = new PooledBuffer(1024 + (page.ByteLength * 4 / 3) + (page.Count * 192));
        Write(answer, reading, page);
        await request.RespondAsync(answer.WrittenMemory);
    }

    private static void Write(PooledBuffer answer, ShardReading reading, RecordPage page)
    {
        answer.Append("{\"Records\":["u8);
        for (var i = 0; i < page.Count; i++)
        {
            var record = page[i];
            answer.Append(i == 0 ? "{\"SequenceNumber\":\""u8 : ",{\"SequenceNumber\":\""u8);
            answer.AppendSequenceNumber(SequenceNumber.OfRecord(reading.Shard, record.Position, record.ArrivalUnixMs));
            answer.Append("\",\"ApproximateArrivalTimestamp\":"u8);
            answer.AppendTimestamp(record.ArrivalUnixMs);
            answer.Append(",\"Data\":\""u8);
            answer.AppendBase64(record.Data);
            answer.Append("\",\"PartitionKey\":"u8);
            answer.AppendString(record.Key);
            answer.Append("}"u8);
        }
        answer.Append("],\"MillisBehindLatest\":"u8);
        answer.AppendNumber(reading.MillisBehindLatest);
        if (reading.NextIterator is { } next)
        {
            // Base64 needs no escaping.
            answer.Append(",\"NextShardIterator\":\""u8);
            answer.Append(System.Text.Encoding.ASCII.GetBytes(next));
            answer.Append("\""u8);
        }
        if (reading.ChildShards.Count > 0)
            WriteChildShards(answer, reading.ChildShards);
        answer.Append("}"u8);
    }

    private static void WriteChildShards(PooledBuffer answer, IReadOnlyList<Shard> children)
    {
        answer.Append(",\"ChildShards\":"u8);
        using var writer = new Utf8JsonWriter(answer);
        writer.WriteStartArray();
        foreach (var child in children)
            writer.WriteChildShard(child);
        writer.WriteEndArray();
    }
}
