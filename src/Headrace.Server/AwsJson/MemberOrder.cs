using System.Globalization;

namespace Headrace.Server.AwsJson;

/// <summary>
/// The order in which AWS tells of a request's members. It is neither the model's nor the request's: recordings of the service show
/// that of a Java hash map of sixteen buckets whose keys are the members' names.
/// </summary>
internal sealed class MemberOrder : IComparer<string>
{
    private const int Buckets = 16;

    /// <summary>Within a bucket the recordings show these bits of the hash from high to low.</summary>
    private const int Bits = 1024;

    public static readonly MemberOrder Instance = new();

    /// <summary>Compares paths such as <c>records.1.member.data</c>: part by part, a structure or list before what is in it.</summary>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var order = ComparePart(Take(ref left), Take(ref right));
            if (order != 0)
                return order;
        }
        return left.Length.CompareTo(right.Length);
    }

    private static int ComparePart(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.SequenceEqual(right))
            return 0;
        if (int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var one) && int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var other))
            return one.CompareTo(other);
        var (leftHash, rightHash) = (HashOf(left), HashOf(right));
        var order = (leftHash % Buckets).CompareTo(rightHash % Buckets);
        if (order == 0)
            order = (rightHash % Bits).CompareTo(leftHash % Bits);
        return order != 0 ? order : left.SequenceCompareTo(right);
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> path)
    {
        var dot = path.IndexOf('.');
        var part = dot < 0 ? path : path[..dot];
        path = dot < 0 ? [] : path[(dot + 1)..];
        return part;
    }

    /// <summary>A string's hash in Java, spread as its hash maps did.</summary>
    private static uint HashOf(ReadOnlySpan<char> name)
    {
        var hash = 0u;
        foreach (var character in name)
            hash = unchecked((hash * 31) + character);
        hash ^= (hash >> 20) ^ (hash >> 12);
        return hash ^ (hash >> 7) ^ (hash >> 4);
    }
}
