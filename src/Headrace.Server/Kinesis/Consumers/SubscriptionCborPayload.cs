using System.Buffers;
using Headrace.Protocol.Cbor;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Settings;
using Headrace.Streams.Subscriptions;

namespace Headrace.Server.Kinesis.Consumers;

/// <summary>Appends a SubscribeToShardEvent's payload for a consumer that subscribed in CBOR.</summary>
internal static class SubscriptionCborPayload
{
    public static void Append(PooledBuffer cbor, PushedEvent pushed, RecordPage page, EncryptionHistory encryption)
    {
        cbor.BeginMap();
        cbor.AppendText("Records"u8);
        cbor.BeginArray();
        for (var i = 0; i < page.Count; i++)
        {
            var record = page[i];
            RecordCborWriting.AppendBeforeData(cbor, pushed.Shard, record);
            cbor.Write(record.Data);
            RecordCborWriting.AppendAfterData(cbor, record, encryption);
        }
        cbor.EndContainer();
        if (pushed.Continuation is { } number)
        {
            cbor.AppendText("ContinuationSequenceNumber"u8);
            cbor.AppendTextHead(SequenceNumber.Digits);
            cbor.AppendSequenceNumber(number);
        }
        cbor.AppendText("MillisBehindLatest"u8);
        cbor.AppendInteger(pushed.MillisBehindLatest);
        if (pushed.ChildShards.Count > 0)
            RecordCborWriting.AppendChildShards(cbor, pushed.ChildShards);
        cbor.EndContainer();
    }
}
