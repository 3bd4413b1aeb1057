using System.Globalization;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Consumers;

internal sealed class ListStreamConsumers(StreamCatalog streams) : IAwsJsonOperation
{
    private const int DefaultMaxResults = 100;

    public string Name => nameof(ListStreamConsumers);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = StreamReference.ReadArn(members, required: true);
        var token = members.String("NextToken", min: 1, max: 1_048_576);
        var max = (int)(members.Integer("MaxResults", min: 1, max: 10_000) ?? DefaultMaxResults);
        var createdAt = members.Timestamp("StreamCreationTimestamp");
        members.ThrowIfInvalid();

        if (token is not null && createdAt is not null)
            throw new WireException(400, "InvalidArgumentException", "NextToken and StreamCreationTimestamp cannot be provided together.");
        var reference = StreamReference.Resolve(request, (null, arn));
        var stream = streams.Get(reference.Scope, reference.Name);
        // The timestamp tells apart streams that had the same name, one after another.
        if (createdAt is { } time && time.ToUnixTimeSeconds() != stream.CreatedAt.ToUnixTimeSeconds())
            throw new WireException(400, "ResourceNotFoundException", $"Stream {stream.Name} under account {stream.Scope.AccountId} not found.");
        var after = token is null ? 0 : PlaceIn(stream, token);
        var rest = stream.Consumers.Where(consumer => consumer.Id > after).ToList();
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("Consumers");
            foreach (var consumer in rest.Take(max))
            {
                writer.WriteStartObject();
                writer.WriteConsumer(consumer);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            if (rest.Count > max)
                writer.WriteString("NextToken", streams.MakeToken(string.Create(CultureInfo.InvariantCulture, $"consumers|{stream.Id}|{rest[max - 1].Id}")));
        });
    }

    /// <summary>The id behind which a token of this operation and stream goes on.</summary>
    private long PlaceIn(DataStream stream, string token) =>
        streams.OpenToken(token).Split('|') is ["consumers", var streamId, var id] && streamId == stream.Id.ToString(CultureInfo.InvariantCulture)
            ? long.Parse(id, CultureInfo.InvariantCulture)
            : throw new WireException(400, "InvalidArgumentException", "NextToken is invalid.");
}
