namespace Headrace.Bench;

internal static class Median
{
    /// <summary>The middle value, or the mean of the middle two; there is at least one.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
