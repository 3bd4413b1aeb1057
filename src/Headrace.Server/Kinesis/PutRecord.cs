using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class PutRecord(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(PutRecord);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        using var batch = new RecordBatch(capacity: request.Body.Length, records: 1);
        using var body = new PutRecordsBody(batch);
        var given = Parse(request, body);
        var reference = StreamReference.Resolve(request.Scope, given);
        var stream = streams.GetServing(reference.Scope, reference.Name);
        PutRecordsCheck.Sizes(body, stream);
        // Once begun, a put is finished whether or not the client waits: the batch belongs to the log until then.
        var map = await stream.PutAsync(batch, body.HashKeys, SdkInvocation.Of(request.Http.Request));
        using var answer = new PooledBuffer(PutRecordsAnswer.MaxEntryBytes);
        if (request.Format == WireFormat.Cbor)
            PutRecordsCborAnswer.WriteOne(answer, batch, map);
        else
            PutRecordsAnswer.WriteOne(answer, batch, map);
        await request.RespondAsync(answer.WrittenMemory);
    }

    private static (string? Name, string? Arn) Parse(AwsJsonRequest request, PutRecordsBody body)
    {
        if (request.Format == WireFormat.Cbor ? PutRecordsCborBody.TryParse(request.Body.Span, body, single: true) : body.TryParse(request.Body.Span, single: true))
            return (body.StreamName, body.StreamArn);
        body.Reset();
        return PutRecordsCheck.One(request.ReadMembers(), body);
    }
}
