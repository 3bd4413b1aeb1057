using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

internal sealed class UntagDeliveryStream(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(UntagDeliveryStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        var keys = members.Strings("TagKeys", required: true, min: 1, max: DeliveryLimits.MaxTags, minLength: 1, maxLength: 128, pattern: FirehosePatterns.TagKey);
        members.ThrowIfInvalid();

        delivery.Untag(request.Scope, name!, keys!);
        await request.RespondAsync(_ => { });
    }
}
