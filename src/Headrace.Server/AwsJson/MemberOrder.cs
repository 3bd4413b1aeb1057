using System.Globalization;

namespace Headrace.Server.AwsJson;

/// <summary>
/// The order in which AWS tells of a request's members. It is neither the model's nor the request's: recordings of the services show
/// that of a Java hash map whose keys are the members' names, and services differ in the Java that they were made with.
/// </summary>
internal abstract class MemberOrder : IComparer<string>
{
    /// <summary>True where a text's wrong length is told before that it doesn't match its pattern.</summary>
    public abstract bool TellsLengthFirst { get; }

    /// <summary>Compares paths such as <c>records.1.member.data</c>: part by part, a structure or list before what is in it.</summary>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        ReadOnlySpan<char> structure = [];
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var one = Take(ref left);
            var other = Take(ref right);
            if (!one.SequenceEqual(other))
                return ComparePart(structure, one, other);
            structure = one;
        }
        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Compares two members of a structure; zero keeps the order in which they were read.</summary>
    /// <param name="structure">Its member's name; empty for the request itself.</param>
    /// <param name="left">One member.</param>
    /// <param name="right">Another one.</param>
    protected abstract int CompareMembers(ReadOnlySpan<char> structure, ReadOnlySpan<char> left, ReadOnlySpan<char> right);

    /// <summary>A string's hash in Java.</summary>
    protected static uint HashOf(ReadOnlySpan<char> name)
    {
        var hash = 0u;
        foreach (var character in name)
            hash = unchecked((hash * 31) + character);
        return hash;
    }

    private int ComparePart(ReadOnlySpan<char> structure, ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var one) && int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var other)
            ? one.CompareTo(other)
            : CompareMembers(structure, left, right);

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> path)
    {
        var dot = path.IndexOf('.');
        var part = dot < 0 ? path : path[..dot];
        path = dot < 0 ? [] : path[(dot + 1)..];
        return part;
    }
}
