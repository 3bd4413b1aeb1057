using Headrace.ControlPlane;
using Headrace.Server.AwsJson;
using Headrace.Streams;
using Headrace.Streams.Settings;

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

    private static bool TryParse(AwsJsonRequest request, PutRecordsBody body, bool single) =>
        request.Format == WireFormat.Cbor ? PutRecordsCborBody.TryParse(request.Body.Span, body, single) : body.TryParse(request.Body.Span, single);

    /// <summary>Whether records need no partition key; false too where the stream isn't there, which is told later.</summary>
    private static bool DistributesItself(AccountScope caller, (string? Name, string? Arn) given, StreamCatalog streams) =>
        StreamReference.TryResolve(caller, given) is { } reference && streams.Find(reference.Scope, reference.Name)?.Distribution == RecordDistribution.Auto;
}
