using System.Globalization;
using Headrace.Server.AwsJson;
using Headrace.Streams;
using Headrace.Streams.Resources;

namespace Headrace.Server.Kinesis;

internal sealed class ListShards(StreamCatalog streams) : IAwsJsonOperation
{
    private const int DefaultMaxResults = 1000;
    private const string TokenKind = "shards";

    public string Name => nameof(ListShards);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var given = StreamReference.Read(members);
        var token = members.String("NextToken", min: 1, max: 1_048_576);
        var after = members.String("ExclusiveStartShardId", min: 1, max: 128, pattern: KinesisPatterns.ShardId);
        var max = (int)(members.Integer("MaxResults", min: 1, max: 10_000) ?? DefaultMaxResults);
        var createdAt = members.Timestamp("StreamCreationTimestamp");
        var filter = ShardFilter.Read(members);
        members.ThrowIfInvalid();
        filter?.RequireWhole();

        var (stream, shards) = token is null
            ? Begin(request, given, createdAt, after, filter)
            : Continue(token, given, createdAt, after, filter);
        request.RequireAccess(new StreamResource(stream));
        stream.RequireServing();
        await request.RespondAsync(writer =>
        {
            writer.WriteStartArray("Shards");
            foreach (var shard in shards.Take(max))
                writer.WriteShard(shard);
            writer.WriteEndArray();
            if (shards.Count > max)
                writer.WriteString("NextToken", TokenAfter(stream, shards[max - 1], filter));
        });
    }

    /// <summary>A stream's shards behind one that was named.</summary>
    public static IReadOnlyList<Shard> After(DataStream stream, string? exclusiveStartShardId)
    {
        if (exclusiveStartShardId is null)
            return stream.Shards;
        if (!Shard.TryParseId(exclusiveStartShardId, out var index))
            throw new WireException(400, "InvalidArgumentException", $"ExclusiveStartShardId {exclusiveStartShardId} is not a shard id.");
        return [.. stream.Shards.Where(shard => shard.Index > index)];
    }

    private (DataStream Stream, IReadOnlyList<Shard> Shards) Begin(AwsJsonRequest request, (string? Name, string? Arn) given, DateTimeOffset? createdAt, string? after, ShardFilter? filter)
    {
        if (given is (null, null))
            throw new WireException(400, "InvalidArgumentException", "Either NextToken or StreamName should be provided.");
        var reference = StreamReference.Resolve(request, given);
        var stream = streams.Get(reference.Scope, reference.Name);
        // The timestamp tells apart streams that had the same name, one after another.
        if (createdAt is { } time && time.ToUnixTimeSeconds() != stream.CreatedAt.ToUnixTimeSeconds())
            throw new WireException(400, "ResourceNotFoundException", $"Stream {stream.Name} under account {stream.Scope.AccountId} not found.");
        return (stream, Filtered(After(stream, after), stream, filter));
    }

    /// <summary>A token stands for stream, filter and place: nothing else may be said beside it.</summary>
    private (DataStream Stream, IReadOnlyList<Shard> Shards) Continue(string token, (string? Name, string? Arn) given, DateTimeOffset? createdAt, string? after, ShardFilter? filter)
    {
        RequireAlone("StreamName", given.Name);
        RequireAlone("StreamARN", given.Arn);
        RequireAlone("StreamCreationTimestamp", createdAt);
        RequireAlone("ExclusiveStartShardId", after);
        RequireAlone("ShardFilter", filter);
        if (streams.OpenToken(token).Split('|', 4) is not [TokenKind, var streamId, var shardIndex, var filterText])
            throw new WireException(400, "InvalidArgumentException", "NextToken is invalid.");
        if (streams.FindById(long.Parse(streamId, CultureInfo.InvariantCulture)) is not { } stream)
            throw new WireException(400, "ResourceNotFoundException", "The stream of this NextToken does not exist any more.");
        var index = int.Parse(shardIndex, CultureInfo.InvariantCulture);
        return (stream, Filtered([.. stream.Shards.Where(shard => shard.Index > index)], stream, ShardFilter.FromText(filterText)));
    }

    private static void RequireAlone(string member, object? value)
    {
        if (value is not null)
            throw new WireException(400, "InvalidArgumentException", $"NextToken and {member} cannot be provided together.");
    }

    private string TokenAfter(DataStream stream, Shard last, ShardFilter? filter) =>
        streams.MakeToken(string.Create(CultureInfo.InvariantCulture, $"{TokenKind}|{stream.Id}|{last.Index}|{filter?.ToText()}"));

    private static IReadOnlyList<Shard> Filtered(IReadOnlyList<Shard> shards, DataStream stream, ShardFilter? filter) =>
        filter is null ? shards : [.. shards.Where(shard => filter.Takes(shard, stream))];
}
