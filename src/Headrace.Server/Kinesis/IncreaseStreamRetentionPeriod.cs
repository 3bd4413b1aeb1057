using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class IncreaseStreamRetentionPeriod(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(IncreaseStreamRetentionPeriod);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var hours = members.Integer("RetentionPeriodHours", required: true, min: 1);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        await streams.IncreaseRetentionAsync(stream.Scope, stream.Name, hours!.Value, request.Aborted);
        request.RespondEmpty();
    }
}
