using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Naming;

/// <summary>What AWS demands of a destination's two prefixes, and its words for it.</summary>
internal static class PrefixRules
{
    private const int MaxEvaluated = 512;

    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static void Check(S3Destination destination)
    {
        var prefix = PrefixTemplate.Parse(destination.Prefix ?? "", "Prefix");
        var errors = PrefixTemplate.Parse(destination.ErrorOutputPrefix ?? "", "ErrorOutputPrefix");
        if (prefix.Uses(PrefixPartKind.ErrorOutputType))
            throw Broken("Prefix must not contain any occurrence of !{firehose:error-output-type}");
        if (prefix.HasExpressions && string.IsNullOrEmpty(destination.ErrorOutputPrefix))
            throw Broken("ErrorOutputPrefix cannot be null or empty when Prefix contains expressions");
        if (errors.UsesPartitionKeys)
            throw DeliveryException.InvalidArgument("Dynamic Partitioning Namespaces can't be part of an error prefix expression");
        if (errors.HasExpressions && !errors.Uses(PrefixPartKind.ErrorOutputType))
            throw Broken("ErrorOutputPrefix must contain at least one occurrence of !{firehose:error-output-type}");
        if (prefix.MinLength > MaxEvaluated)
            throw Broken($"Length of evaluated prefix cannot be greater than {MaxEvaluated}");
        if (errors.MinLength > MaxEvaluated)
            throw Broken($"Length of evaluated ErrorOutputPrefix cannot be greater than {MaxEvaluated}");
        CheckNames(prefix, destination, "Prefix");
        CheckNames(errors, destination, "ErrorOutputPrefix");
    }

    /// <summary>A broken rule of prefixes; the first word is AWS's own spelling.</summary>
    public static DeliveryException Broken(string rule) =>
        DeliveryException.InvalidArgument($"Ths supplied prefix(es) do not satisfy the following constraint: {rule}");

    private static void CheckNames(PrefixTemplate template, S3Destination destination, string member)
    {
        foreach (var pattern in template.Keys(PrefixPartKind.Timestamp))
        {
            if (JavaTimePattern.TryParse(pattern, out var parsed) && parsed.NeedsNames && (pattern.Contains('B', StringComparison.Ordinal) || !destination.Zone.IsUtc))
                throw DeliveryException.InvalidArgument($"{member}: names of time zones other than UTC (z, v) and of parts of the day (B) are not supported: {pattern}");
        }
    }
}
