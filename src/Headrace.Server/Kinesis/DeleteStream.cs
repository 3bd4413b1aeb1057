using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class DeleteStream(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DeleteStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var withConsumers = members.Boolean("EnforceConsumerDeletion") ?? false;
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        await streams.DeleteAsync(stream.Scope, stream.Name, withConsumers, request.Aborted);
        request.RespondEmpty();
    }
}
