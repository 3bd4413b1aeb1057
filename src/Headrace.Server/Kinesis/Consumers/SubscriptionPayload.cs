using Headrace.ShardLog;
using Headrace.Streams.Settings;
using Headrace.Streams.Subscriptions;

namespace Headrace.Server.Kinesis.Consumers;

/// <summary>Appends a SubscribeToShardEvent's payload.</summary>
internal static class SubscriptionPayload
{
    public static void Append(PooledBuffer json, PushedEvent pushed, RecordPage page, EncryptionHistory encryption)
    {
        json.Append("{\"Records\":["u8);
        for (var i = 0; i < page.Count; i++)
        {
            var record = page[i];
            RecordWriting.AppendBeforeData(json, first: i == 0, pushed.Shard, record);
            json.AppendBase64(record.Data);
            RecordWriting.AppendAfterData(json, record, encryption);
        }
        json.Append("],"u8);
        if (pushed.Continuation is { } number)
        {
            json.Append("\"ContinuationSequenceNumber\":\""u8);
            json.AppendSequenceNumber(number);
            json.Append("\","u8);
        }
        json.Append("\"MillisBehindLatest\":"u8);
        json.AppendNumber(pushed.MillisBehindLatest);
        if (pushed.ChildShards.Count > 0)
            RecordWriting.AppendChildShards(json, pushed.ChildShards);
        json.Append("}"u8);
    }
}
