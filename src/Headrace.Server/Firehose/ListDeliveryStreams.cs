using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

internal sealed class ListDeliveryStreams(DeliveryService delivery) : IAwsJsonOperation
{
    private const int DefaultLimit = 10;

    public string Name => nameof(ListDeliveryStreams);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var limit = (int)(members.Integer("Limit", min: 1, max: 10_000) ?? DefaultLimit);
        var type = members.String("DeliveryStreamType", oneOf: FirehosePatterns.DeliveryStreamTypes);
        var after = members.String("ExclusiveStartDeliveryStreamName", min: 1, max: FirehosePatterns.MaxNameLength, pattern: FirehosePatterns.Name);
        members.ThrowIfInvalid();

        var page = ListPage(request, type, after, limit);
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("DeliveryStreamNames");
            foreach (var name in page.Names)
                writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.WriteBoolean("HasMoreDeliveryStreams", page.HasMore);
        });
    }

    /// <summary>There are none of the types that can't be created here.</summary>
    private DeliveryStreamPage ListPage(AwsJsonRequest request, string? type, string? after, int limit)
    {
        if (type is null)
            return delivery.List(request.Scope, null, after, limit);
        return Enum.TryParse<DeliveryStreamType>(type, out var wanted)
            ? delivery.List(request.Scope, wanted, after, limit)
            : new DeliveryStreamPage([], HasMore: false);
    }
}
