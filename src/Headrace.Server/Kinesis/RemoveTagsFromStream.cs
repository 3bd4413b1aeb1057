using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class RemoveTagsFromStream(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(RemoveTagsFromStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var keys = members.Strings("TagKeys", required: true, min: 1, max: 50, minLength: 1, maxLength: 128);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        await streams.RemoveTagsAsync(stream.Scope, stream.Name, keys!, request.Aborted);
        request.RespondEmpty();
    }
}
