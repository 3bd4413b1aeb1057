using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class UntagResource(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(UntagResource);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var keys = members.Strings("TagKeys", required: true, min: 1, max: 50, minLength: 1, maxLength: 128);
        var arn = ResourceReference.Read(members);
        members.ThrowIfInvalid();

        var resource = ResourceReference.Resolve(request, arn!, streams);
        await streams.RemoveTagsAsync(resource, keys!, request.Aborted);
        request.RespondEmpty();
    }
}
