using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class AddTagsToStream(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(AddTagsToStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var tags = members.Map("Tags", required: true, min: 1, max: 200);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        await streams.AddTagsAsync(stream.Scope, stream.Name, tags!, request.Aborted);
        request.RespondEmpty();
    }
}
