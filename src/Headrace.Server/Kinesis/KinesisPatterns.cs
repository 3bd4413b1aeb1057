using System.Text.RegularExpressions;

namespace Headrace.Server.Kinesis;

/// <summary>The API's patterns, anchored as AWS applies them.</summary>
internal static partial class KinesisPatterns
{
    public static readonly Regex HashKey = HashKeyExpression();
    public static readonly Regex SequenceNumber = SequenceNumberExpression();
    public static readonly Regex ShardId = ShardIdExpression();

    [GeneratedRegex(@"\A(?:0|([1-9]\d{0,38}))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex HashKeyExpression();

    [GeneratedRegex(@"\A(?:0|([1-9]\d{0,128}))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SequenceNumberExpression();

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9_.-]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ShardIdExpression();
}
