using Headrace.Delivery;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Resources;

internal sealed class UntagResource(StreamCatalog streams, DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(UntagResource);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var keys = members.Strings("TagKeys", required: true, min: 1, max: 50, minLength: 1, maxLength: 128);
        var arn = ResourceReference.Read(members, orChannel: true);
        members.ThrowIfInvalid();

        if (ResourceReference.IsChannel(arn))
        {
            delivery.Untag(request.Scope, delivery.GetChannel(request.Scope, arn!).Stream.Name, keys!);
            request.RespondEmpty();
            return;
        }
        var resource = ResourceReference.Resolve(request, arn!, streams);
        await streams.RemoveTagsAsync(resource, keys!, request.Aborted);
        request.RespondEmpty();
    }
}
