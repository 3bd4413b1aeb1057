using Headrace.Delivery;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class ListTagsForResource(StreamCatalog streams, DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(ListTagsForResource);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ResourceReference.Read(members, orChannel: true);
        members.ThrowIfInvalid();

        var tags = ResourceReference.IsChannel(arn)
            ? delivery.ListTags(request.Scope, delivery.GetChannel(request.Scope, arn!).Stream.Name)
            : streams.GetTags(ResourceReference.Resolve(request, arn!, streams));
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
