using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class PutResourcePolicy(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(PutResourcePolicy);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ResourceReference.Read(members);
        var policy = members.String("Policy", required: true);
        members.ThrowIfInvalid();

        var resource = ResourceReference.Resolve(request, arn!, streams);
        await streams.PutPolicyAsync(resource, policy!, request.Aborted);
        request.RespondEmpty();
    }
}
