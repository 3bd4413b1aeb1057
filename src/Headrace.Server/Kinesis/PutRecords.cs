using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Traffic;

namespace Headrace.Server.Kinesis;

internal sealed class PutRecords(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(PutRecords);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        using var batch = new RecordBatch(capacity: request.Body.Length, records: StreamLimits.MaxPutRecords);
        using var body = new PutRecordsBody(batch);
        var stream = PutRequest.Read(request, body, streams, single: false);
        // Once begun, a put is finished whether or not the client waits: the batch belongs to the log until then.
        var (map, refused) = await PutRequest.PutAsync(request, stream, batch, body, FaultedRecords.Draw(request.Faults, batch.Count), StreamCall.PutRecords);
        if (refused is not null)
        {
            await RefusedPut.RespondAsync(request, refused, batch, stream, map);
            return;
        }
        using var answer = new PooledBuffer(64 + (batch.Count * PutRecordsAnswer.MaxEntryBytes));
        if (request.Format == WireFormat.Cbor)
            PutRecordsCborAnswer.WriteMany(answer, batch, map, stream.Encryption);
        else
            PutRecordsAnswer.WriteMany(answer, batch, map, stream.Encryption);
        await request.RespondAsync(answer.WrittenMemory);
    }
}
