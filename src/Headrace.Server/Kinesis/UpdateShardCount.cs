using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class UpdateShardCount(StreamCatalog streams) : IAwsJsonOperation
{
    /// <summary>What the service refuses though its model doesn't say so.</summary>
    public const int MaxShardCount = 100_000;

    private static readonly string[] ScalingTypes = ["UNIFORM_SCALING"];

    public string Name => nameof(UpdateShardCount);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var target = members.Integer("TargetShardCount", required: true, min: 1, max: MaxShardCount);
        members.String("ScalingType", required: true, oneOf: ScalingTypes);
        members.ThrowIfInvalid();

        var reference = StreamReference.Resolve(request, given);
        var count = (int)target!.Value;
        var (stream, before) = await streams.UpdateShardCountAsync(reference.Scope, reference.Name, count, request.Aborted);
        await request.RespondAsync(writer =>
        {
            writer.WriteString("StreamName", stream.Name);
            writer.WriteNumber("CurrentShardCount", before);
            writer.WriteNumber("TargetShardCount", count);
            writer.WriteString("StreamARN", stream.Arn);
        });
    }
}
