using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

internal sealed class UpdateStreamWarmThroughput(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(UpdateStreamWarmThroughput);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var mibps = WarmThroughput.Read(members, required: true);
        members.ThrowIfInvalid();

        var reference = StreamReference.Resolve(request, given);
        var stream = await streams.UpdateWarmThroughputAsync(reference.Scope, reference.Name, mibps!.Value, request.Aborted);
        await request.RespondAsync(writer =>
        {
            writer.WriteString("StreamARN", stream.Arn);
            writer.WriteString("StreamName", stream.Name);
            writer.WriteWarmThroughput(stream);
        });
    }
}
