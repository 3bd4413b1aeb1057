using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

internal sealed class UpdateStreamRecordDistributionStrategy(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(UpdateStreamRecordDistributionStrategy);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = StreamReference.ReadArn(members, required: true);
        var distribution = RecordDistributions.Read(members, required: true);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, (null, arn));
        await streams.UpdateDistributionAsync(stream.Scope, stream.Name, distribution!.Value, request.Aborted);
        request.RespondEmpty();
    }
}
