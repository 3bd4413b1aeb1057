using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

internal sealed class UpdateStreamMode(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(UpdateStreamMode);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = StreamReference.ReadArn(members, required: true);
        var mode = members.Structure("StreamModeDetails", required: true)?.String("StreamMode", required: true, oneOf: StreamModes.Names);
        var warmThroughput = WarmThroughput.Read(members);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, (null, arn));
        await streams.UpdateModeAsync(stream.Scope, stream.Name, StreamModes.Parse(mode!), warmThroughput, request.Aborted);
        request.RespondEmpty();
    }
}
