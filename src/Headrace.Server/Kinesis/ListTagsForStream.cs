using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class ListTagsForStream(StreamCatalog streams) : IAwsJsonOperation
{
    private const int DefaultLimit = 50;

    public string Name => nameof(ListTagsForStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var after = members.String("ExclusiveStartTagKey", min: 1, max: 128);
        var limit = (int)(members.Integer("Limit", min: 1, max: 50) ?? DefaultLimit);
        members.ThrowIfInvalid();

        var stream = StreamReference.Resolve(request, given);
        var tags = streams.GetTags(stream.Scope, stream.Name).Where(tag => after is null || string.CompareOrdinal(tag.Key, after) > 0).ToList();
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("Tags");
            foreach (var (key, value) in tags.Take(limit))
            {
                writer.WriteStartObject();
                writer.WriteString("Key", key);
                writer.WriteString("Value", value);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteBoolean("HasMoreTags", tags.Count > limit);
        });
    }
}
