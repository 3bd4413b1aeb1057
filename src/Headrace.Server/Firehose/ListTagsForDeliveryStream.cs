using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

internal sealed class ListTagsForDeliveryStream(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(ListTagsForDeliveryStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        var after = members.String("ExclusiveStartTagKey", min: 1, max: 128, pattern: FirehosePatterns.TagKey);
        var limit = (int)(members.Integer("Limit", min: 1, max: DeliveryLimits.MaxTags) ?? DeliveryLimits.MaxTags);
        members.ThrowIfInvalid();

        var tags = delivery.ListTags(request.Scope, name!);
        // A key that is not there starts from the beginning.
        var start = after is null ? 0 : tags.TakeWhile(tag => tag.Key != after).Count() + 1;
        tags = start > tags.Count ? tags : [.. tags.Skip(start)];
        await request.RespondAsync(writer =>
        {
            TagMembers.Write(writer, tags.Take(limit));
            writer.WriteBoolean("HasMoreTags", tags.Count > limit);
        });
    }
}
