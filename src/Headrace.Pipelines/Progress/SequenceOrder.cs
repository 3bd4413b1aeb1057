namespace Headrace.Pipelines;

/// <summary>Sequence numbers are decimal numbers without leading zeros: the longer is the greater.</summary>
internal static class SequenceOrder
{
    public static int Compare(string one, string other) =>
        one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other);
}
