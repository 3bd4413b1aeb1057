using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Traffic;

namespace Headrace.Server.Kinesis;

internal sealed class PutRecord(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(PutRecord);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        using var batch = new RecordBatch(capacity: request.Body.Length, records: 1);
        using var body = new PutRecordsBody(batch);
        var stream = PutRequest.Read(request, body, streams, single: true);
        // Once begun, a put is finished whether or not the client waits: the batch belongs to the log until then.
        var (map, refused) = await PutRequest.PutAsync(request, stream, batch, body, faulted: null, StreamCall.PutRecord);
        if (refused is not null)
            throw RefusedPut.ErrorOf(refused, batch, stream, map);
        using var answer = new PooledBuffer(PutRecordsAnswer.MaxEntryBytes);
        if (request.Format == WireFormat.Cbor)
            PutRecordsCborAnswer.WriteOne(answer, batch, map, stream.Encryption);
        else
            PutRecordsAnswer.WriteOne(answer, batch, map, stream.Encryption);
        await request.RespondAsync(answer.WrittenMemory);
    }
}
