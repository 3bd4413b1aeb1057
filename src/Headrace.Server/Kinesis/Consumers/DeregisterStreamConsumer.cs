using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Consumers;

internal sealed class DeregisterStreamConsumer(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DeregisterStreamConsumer);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var reference = ConsumerReference.Read(members);
        members.ThrowIfInvalid();

        await streams.DeregisterConsumerAsync(reference.Resolve(request, streams), request.Aborted);
        request.RespondEmpty();
    }
}
