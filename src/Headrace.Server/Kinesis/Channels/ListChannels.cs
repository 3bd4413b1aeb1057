using Headrace.Delivery;
using Headrace.Delivery.Channels;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Channels;

internal sealed class ListChannels(DeliveryService delivery, StreamCatalog streams) : IAwsJsonOperation
{
    private const int MaxPage = 100;
    private const string TokenKind = "channels|";

    public string Name => nameof(ListChannels);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var filters = members.Structures("StreamFilter", min: 1, max: 10_000)?
            .Select(filter => (
                Arn: filter.String("StreamARN", required: true, min: 1, max: 2048, pattern: StreamReference.ArnPattern),
                CreatedAt: filter.Timestamp("StreamCreationTimestamp")))
            .ToList();
        var max = (int)Math.Min(members.Integer("MaxResults", min: 1, max: 10_000) ?? MaxPage, MaxPage);
        var token = members.String("NextToken", min: 1, max: 1_048_576);
        members.ThrowIfInvalid();

        var after = token is null ? null : PlaceOf(token);
        var rest = delivery.ChannelsOf(request.Scope)
            .Where(channel => after is null || string.CompareOrdinal(channel.Name, after) > 0)
            .Where(channel => filters is null || filters.Exists(filter => Matches(channel, filter.Arn!, filter.CreatedAt)))
            .ToList();
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("ChannelSummaries");
            foreach (var channel in rest.Take(max))
                writer.WriteSummary(channel);
            writer.WriteEndArray();
            if (rest.Count > max)
                writer.WriteString("NextToken", streams.MakeToken(TokenKind + rest[max - 1].Name));
        });
    }

    private static bool Matches(Channel channel, string streamArn, DateTimeOffset? createdAt) =>
        channel.StreamArn == streamArn && (createdAt is null || createdAt.Value.ToUnixTimeSeconds() == channel.Settings.StreamCreatedAt.ToUnixTimeSeconds());

    /// <summary>The name behind which a token of this operation goes on.</summary>
    private string PlaceOf(string token) => streams.OpenToken(token) is var place && place.StartsWith(TokenKind, StringComparison.Ordinal)
        ? place[TokenKind.Length..]
        : throw ChannelMembers.Invalid("NextToken is invalid.");
}
