using System.Text;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Limits;
using Headrace.Streams.Puts;

namespace Headrace.Server.Kinesis;

/// <summary>Tells of the records of a put that were not taken: PutRecord fails then, PutRecords says it of each record.</summary>
internal static class RefusedPut
{
    /// <summary>Why a PutRecord failed.</summary>
    public static Exception ErrorOf(RefusedRecords refused, RecordBatch batch, DataStream stream, ShardMap map)
    {
        var (code, message) = Describe(refused[0], batch, 0, stream, map);
        return new WireException(refused[0] == RecordRefusal.InternalFailure ? 500 : 400, code, message);
    }

    /// <summary>Answers a PutRecords, records in the order of the request.</summary>
    public static async ValueTask RespondAsync(AwsJsonRequest request, RefusedRecords refused, RecordBatch batch, DataStream stream, ShardMap map)
    {
        using var answer = new PooledBuffer(64 + (batch.Count * PutRecordsAnswer.MaxEntryBytes));
        Write(answer, refused, batch, stream, map);
        await request.RespondJsonAsync(answer);
    }

    private static void Write(PooledBuffer answer, RefusedRecords refused, RecordBatch batch, DataStream stream, ShardMap map)
    {
        answer.Append("{\"FailedRecordCount\":"u8);
        answer.AppendNumber(refused.Count);
        answer.Append(",\"Records\":["u8);
        for (var i = 0; i < batch.Count; i++)
        {
            answer.Append(i == 0 ? "{"u8 : ",{"u8);
            if (refused[i] == RecordRefusal.None)
            {
                PutRecordsAnswer.WriteEntry(answer, batch, i, map);
            }
            else
            {
                var (code, message) = Describe(refused[i], batch, i, stream, map);
                answer.Append("\"ErrorCode\":"u8);
                answer.AppendString(Encoding.UTF8.GetBytes(code));
                answer.Append(",\"ErrorMessage\":"u8);
                answer.AppendString(Encoding.UTF8.GetBytes(message));
            }
            answer.Append("}"u8);
        }
        answer.Append(stream.Encryption.Covers(batch.ArrivalUnixMs) ? "],\"EncryptionType\":\"KMS\"}"u8 : "]}"u8);
    }

    private static (string Code, string Message) Describe(RecordRefusal reason, RecordBatch batch, int record, DataStream stream, ShardMap map) => reason switch
    {
        RecordRefusal.ThroughputExceeded => ("ProvisionedThroughputExceededException", RateExceeded.Of(stream, map.Find(batch.ShardOf(record))!)),
        RecordRefusal.InternalFailure => ("InternalFailure", "Internal service failure."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
