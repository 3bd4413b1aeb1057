using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class DeleteResourcePolicy(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DeleteResourcePolicy);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ResourceReference.Read(members);
        members.ThrowIfInvalid();

        var resource = ResourceReference.Resolve(request, arn!, streams);
        await streams.DeletePolicyAsync(resource, request.Aborted);
        request.RespondEmpty();
    }
}
