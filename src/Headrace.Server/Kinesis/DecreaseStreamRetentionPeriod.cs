using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class DecreaseStreamRetentionPeriod(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DecreaseStreamRetentionPeriod);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var hours = members.Integer("RetentionPeriodHours", required: true, min: 1);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        await streams.DecreaseRetentionAsync(stream.Scope, stream.Name, hours!.Value, request.Aborted);
        request.RespondEmpty();
    }
}
