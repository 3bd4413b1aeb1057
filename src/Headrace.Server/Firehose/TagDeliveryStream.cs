using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

internal sealed class TagDeliveryStream(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(TagDeliveryStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        var tags = TagMembers.Read(members, required: true);
        members.ThrowIfInvalid();

        delivery.Tag(request.Scope, name!, tags!);
        await request.RespondAsync(_ => { });
    }
}
