using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class GetResourcePolicy(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(GetResourcePolicy);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ResourceReference.Read(members);
        members.ThrowIfInvalid();

        var resource = ResourceReference.Resolve(request, arn!, streams);
        var policy = resource.Policy?.Text;
        await request.RespondAsync(writer =>
        {
            if (policy is not null)
                writer.WriteString("Policy", policy);
        });
    }
}
