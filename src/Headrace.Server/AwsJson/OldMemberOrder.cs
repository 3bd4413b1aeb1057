namespace Headrace.Server.AwsJson;

/// <summary>The order of the older services: that of the hash maps before Java 8, with sixteen buckets.</summary>
internal sealed class OldMemberOrder : MemberOrder
{
    private const int Buckets = 16;

    /// <summary>Within a bucket the recordings show these bits of the hash from high to low.</summary>
    private const int Bits = 1024;

    public static readonly OldMemberOrder Instance = new();

    public override bool TellsLengthFirst => false;

    protected override int CompareMembers(ReadOnlySpan<char> structure, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (leftHash, rightHash) = (SpreadHashOf(left), SpreadHashOf(right));
        var order = (leftHash % Buckets).CompareTo(rightHash % Buckets);
        if (order == 0)
            order = (rightHash % Bits).CompareTo(leftHash % Bits);
        return order != 0 ? order : left.SequenceCompareTo(right);
    }

    /// <summary>A name's hash as hash maps spread it then.</summary>
    private static uint SpreadHashOf(ReadOnlySpan<char> name)
    {
        var hash = HashOf(name);
        hash ^= (hash >> 20) ^ (hash >> 12);
        return hash ^ (hash >> 7) ^ (hash >> 4);
    }
}
