using Headrace.ControlPlane;
using Headrace.Server.AwsJson;
using Headrace.Server.Kinesis.Producers;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Puts;
using Headrace.Streams.Settings;
using Headrace.Streams.Traffic;

namespace Headrace.Server.Kinesis;

/// <summary>Reads a PutRecord or PutRecords and holds it against its stream.</summary>
internal static class PutRequest
{
    /// <summary>Fills in the body's records; the stream that takes them.</summary>
    /// <exception cref="WireException">A fault in AWS's words, or the end of a dry run.</exception>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public static DataStream Read(AwsJsonRequest request, PutRecordsBody body, StreamCatalog streams, bool single)
    {
        if (!TryParse(request, body, single) || (body.LacksKeys && !DistributesItself(request.Scope, body.Given, streams)))
        {
            body.Reset();
            PutRecordsCheck.Read(request.ReadMembers(), body, single, given => DistributesItself(request.Scope, given, streams));
        }
        var reference = StreamReference.Resolve(request, body.Given);
        var stream = streams.GetServing(reference.Scope, reference.Name);
        PutRecordsCheck.Sizes(body, stream);
        if (body.OrderingNumber is { } number)
            streams.RequireOrdering(stream, number);
        DryRun.End(body.DryRun);
        return stream;
    }

    /// <summary>Puts the records, under their numbers if they have such.</summary>
    /// <param name="request">The call.</param>
    /// <param name="stream">Where they go.</param>
    /// <param name="batch">The records.</param>
    /// <param name="body">Their hash keys.</param>
    /// <param name="faulted">Those that are to fail; null: none.</param>
    /// <param name="call">What it counts as.</param>
    public static ValueTask<PutOutcome> PutAsync(AwsJsonRequest request, DataStream stream, RecordBatch batch, PutRecordsBody body, RefusedRecords? faulted, StreamCall call) =>
        ProducerHeaders.Has(request.Http.Request)
            ? PutNumberedAsync(request, stream, batch, body, faulted, call)
            : stream.PutAsync(batch, body.HashKeys, SdkInvocation.Of(request.Http.Request), faulted, call);

    private static async ValueTask<PutOutcome> PutNumberedAsync(
        AwsJsonRequest request, DataStream stream, RecordBatch batch, PutRecordsBody body, RefusedRecords? faulted, StreamCall call)
    {
        var result = await stream.PutAsync(batch, body.HashKeys, ProducerHeaders.Read(request.Http.Request, batch.Count), faulted, call);
        ProducerHeaders.Answer(request.Http.Response, result);
        return new PutOutcome(result.Map, result.Refused);
    }

    private static bool TryParse(AwsJsonRequest request, PutRecordsBody body, bool single) =>
        request.Format == WireFormat.Cbor ? PutRecordsCborBody.TryParse(request.Body.Span, body, single) : body.TryParse(request.Body.Span, single);

    /// <summary>Whether records need no partition key; false too where the stream isn't there, which is told later.</summary>
    private static bool DistributesItself(AccountScope caller, (string? Name, string? Arn) given, StreamCatalog streams) =>
        StreamReference.TryResolve(caller, given) is { } reference && streams.Find(reference.Scope, reference.Name)?.Distribution == RecordDistribution.Auto;
}
