using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

internal sealed class ListStreams(StreamCatalog streams) : IAwsJsonOperation
{
    private const int DefaultLimit = 100;
    private const string TokenKind = "streams|";

    public string Name => nameof(ListStreams);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var limit = (int)(members.Integer("Limit", min: 1, max: 10_000) ?? DefaultLimit);
        var after = members.String("ExclusiveStartStreamName", min: 1, max: 128, pattern: StreamReference.NamePattern);
        var token = members.String("NextToken", min: 1, max: 1_048_576);
        members.ThrowIfInvalid();

        if (after is not null && token is not null)
            throw new WireException(400, "InvalidArgumentException", "NextToken and ExclusiveStartStreamName cannot be provided together.");
        var start = token is null ? after : PlaceOf(token);
        var rest = streams.List(request.Scope).SkipWhile(stream => start is not null && string.CompareOrdinal(stream.Name, start) <= 0).ToList();
        var page = rest.Take(limit).ToList();
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("StreamNames");
            foreach (var stream in page)
                writer.WriteStringValue(stream.Name);
            writer.WriteEndArray();
            writer.WriteBoolean("HasMoreStreams", rest.Count > page.Count);
            if (rest.Count > page.Count)
                writer.WriteString("NextToken", streams.MakeToken(TokenKind + page[^1].Name));
            writer.WriteStartArray("StreamSummaries");
            foreach (var stream in page)
            {
                writer.WriteStartObject();
                writer.WriteString("StreamName", stream.Name);
                writer.WriteString("StreamARN", stream.Arn);
                writer.WriteString("StreamStatus", stream.Status.WireName());
                writer.WriteMode(stream);
                writer.WriteTimestamp("StreamCreationTimestamp", stream.CreatedAt);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    /// <summary>The name behind which a token of this operation goes on.</summary>
    private string PlaceOf(string token) => streams.OpenToken(token) is var place && place.StartsWith(TokenKind, StringComparison.Ordinal)
        ? place[TokenKind.Length..]
        : throw new WireException(400, "InvalidArgumentException", "NextToken is invalid.");
}
