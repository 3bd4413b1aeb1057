using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Resources;

namespace Headrace.Server.Kinesis;

internal sealed class GetRecords(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(GetRecords);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var iterator = members.String("ShardIterator", required: true, min: 1, max: 512);
        var limit = (int)(members.Integer("Limit", min: 1, max: StreamLimits.MaxGetRecords) ?? StreamLimits.MaxGetRecords);
        StreamReference.ReadArn(members);
        var dryRun = DryRun.Read(members);
        members.ThrowIfInvalid();

        using var page = new RecordPage();
        var reading = await streams.ReadAsync(iterator!, dryRun ? 1 : limit, page, request.Aborted);
        request.RequireAccess(new StreamResource(reading.Stream));
        DryRun.End(dryRun);
        if (request.Format == WireFormat.Cbor)
            await new GetRecordsAnswer<GetRecordsCbor>(reading, page).SendAsync(request);
        else
            await new GetRecordsAnswer<GetRecordsJson>(reading, page).SendAsync(request);
    }
}
