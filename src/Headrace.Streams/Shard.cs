using System.Globalization;

namespace Headrace.Streams;

/// <summary>One shard of a stream. Immutable.</summary>
/// <param name="Index">Its number in the stream and in the stream's log.</param>
/// <param name="Range">The hash keys that it takes.</param>
/// <param name="CreatedAt">The time of opening that its sequence numbers bear.</param>
/// <param name="ParentIndex">The shard that it was split or merged from.</param>
/// <param name="AdjacentParentIndex">The second parent of a merge.</param>
/// <param name="ClosedEnd">For a closed shard, one past the position of its last record; null while it is open.</param>
/// <param name="ClosedAt">For a closed shard, when it was closed; null while it is open.</param>
public sealed record Shard(
    int Index,
    HashKeyRange Range,
    DateTimeOffset CreatedAt,
    int? ParentIndex = null,
    int? AdjacentParentIndex = null,
    long? ClosedEnd = null,
    DateTimeOffset? ClosedAt = null)
{
    private const string IdPrefix = "shardId-";

    public string Id { get; } = IdOf(Index);

    public bool IsOpen => ClosedEnd is null;

    public bool IsChildOf(int index) => ParentIndex == index || AdjacentParentIndex == index;

    public static string IdOf(int index) => $"{IdPrefix}{index:D12}";

    /// <summary>
    /// The time that children's sequence numbers bear: as AWS has it, of the second after their parents' last one, and so their numbers
    /// are greater than all of the parents'.
    /// </summary>
    public static DateTimeOffset OpeningAfter(DateTimeOffset closed, params ReadOnlySpan<Shard> parents)
    {
        var second = closed.ToUnixTimeSeconds();
        foreach (var parent in parents)
            second = Math.Max(second, parent.CreatedAt.ToUnixTimeSeconds());
        return DateTimeOffset.FromUnixTimeSeconds(second + 1);
    }

    /// <summary>Reads a shard's id. AWS takes the number alone, or behind anything that ends with its first hyphen, so this does.</summary>
    public static bool TryParseId(string id, out int index)
    {
        var parts = id.Split('-', 3);
        var digits = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : id;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
