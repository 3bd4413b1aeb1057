using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class TagResource(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(TagResource);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var tags = members.Map("Tags", required: true, min: 1, max: 200);
        var arn = ResourceReference.Read(members);
        members.ThrowIfInvalid();

        var resource = ResourceReference.Resolve(request, arn!, streams);
        await streams.AddTagsAsync(resource, tags!, request.Aborted);
        request.RespondEmpty();
    }
}
