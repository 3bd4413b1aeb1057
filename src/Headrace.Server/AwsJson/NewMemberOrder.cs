namespace Headrace.Server.AwsJson;

/// <summary>
/// The order of the newer services: that of the hash maps since Java 8. They have sixteen buckets, and double them when more than three
/// quarters are taken; within a bucket the model's order stays, so members of one bucket are to be read in it.
/// </summary>
/// <param name="wide">The structures of more than twelve members, by their members' names; an empty one is the request itself.</param>
internal sealed class NewMemberOrder(params IEnumerable<string> wide) : MemberOrder
{
    private const int Buckets = 16;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _wide = wide.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public override bool TellsLengthFirst => true;

    protected override int CompareMembers(ReadOnlySpan<char> structure, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var buckets = _wide.Contains(structure) ? Buckets * 2u : Buckets;
        return (SpreadHashOf(left) % buckets).CompareTo(SpreadHashOf(right) % buckets);
    }

    /// <summary>A name's hash as hash maps spread it now.</summary>
    private static uint SpreadHashOf(ReadOnlySpan<char> name)
    {
        var hash = HashOf(name);
        return hash ^ (hash >> 16);
    }
}
