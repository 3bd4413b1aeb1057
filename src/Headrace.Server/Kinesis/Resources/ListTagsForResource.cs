using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class ListTagsForResource(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(ListTagsForResource);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ResourceReference.Read(members);
        members.ThrowIfInvalid();

        var resource = ResourceReference.Resolve(request, arn!, streams);
        var tags = streams.GetTags(resource);
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("Tags");
            foreach (var (key, value) in tags)
            {
                writer.WriteStartObject();
                writer.WriteString("Key", key);
                writer.WriteString("Value", value);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }
}
