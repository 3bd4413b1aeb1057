using Headrace.Delivery;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class TagResource(StreamCatalog streams, DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(TagResource);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var tags = members.Map("Tags", required: true, min: 1, max: 200);
        var arn = ResourceReference.Read(members, orChannel: true);
        members.ThrowIfInvalid();

        if (ResourceReference.IsChannel(arn))
        {
            delivery.Tag(request.Scope, delivery.GetChannel(request.Scope, arn!).Stream.Name, tags!);
            request.RespondEmpty();
            return;
        }
        var resource = ResourceReference.Resolve(request, arn!, streams);
        await streams.AddTagsAsync(resource, tags!, request.Aborted);
        request.RespondEmpty();
    }
}
