using System.Text;
using System.Text.RegularExpressions;

namespace Headrace.Delivery.Naming;

/// <summary>A prefix with its <c>!{namespace:value}</c> expressions. Immutable.</summary>
internal sealed partial class PrefixTemplate
{
    private const int RandomLength = 11;
    private const string RandomLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string DatePattern = "yyyy/MM/dd/HH/";

    private readonly bool _hadExpressions;

    private PrefixTemplate(IReadOnlyList<PrefixPart> parts, bool hadExpressions)
    {
        Parts = parts;
        _hadExpressions = hadExpressions;
    }

    public IReadOnlyList<PrefixPart> Parts { get; }

    public bool HasExpressions => Parts.Any(part => part.Kind != PrefixPartKind.Text);

    public bool UsesPartitionKeys => Parts.Any(part => part.Kind is PrefixPartKind.PartitionKeyFromQuery or PrefixPartKind.PartitionKeyFromLambda);

    public bool Uses(PrefixPartKind kind) => Parts.Any(part => part.Kind == kind);

    /// <summary>The keys that a query or a function must give.</summary>
    public IEnumerable<string> Keys(PrefixPartKind kind) => Parts.Where(part => part.Kind == kind).Select(part => part.Value);

    /// <summary>A prefix of pieces that were checked before; expressions are never put together from text.</summary>
    public static PrefixTemplate Of(IReadOnlyList<PrefixPart> parts) => new(parts, hadExpressions: true);

    /// <summary>Takes a prefix apart.</summary>
    /// <param name="text">The prefix.</param>
    /// <param name="member">What refusals call it.</param>
    /// <exception cref="DeliveryException">InvalidArgument, in AWS's words.</exception>
    public static PrefixTemplate Parse(string text, string member)
    {
        var parts = new List<PrefixPart>();
        var end = 0;
        foreach (Match match in Expression().Matches(text))
        {
            AddText(parts, text[end..match.Index]);
            parts.Add(ReadExpression(match.Groups["namespace"].Value, match.Groups["value"].Value, member));
            end = match.Index + match.Length;
        }
        AddText(parts, text[end..]);
        return new PrefixTemplate(parts, hadExpressions: false);
    }

    /// <summary>Puts a record's partition keys in, as text; the other expressions stay for when the object is named.</summary>
    public PrefixTemplate WithKeys(Func<PrefixPart, string> valueOf) =>
        new([.. Parts.Select(part => part.Kind is PrefixPartKind.PartitionKeyFromQuery or PrefixPartKind.PartitionKeyFromLambda
            ? new PrefixPart(PrefixPartKind.Text, valueOf(part))
            : part)], hadExpressions: true);

    /// <summary>What the prefix is for an object; where it has no expression at all, the date follows it.</summary>
    /// <param name="time">When the object's oldest record arrived, in the destination's zone.</param>
    /// <param name="zoneId">The zone's name.</param>
    /// <param name="errorOutputType">Why the records failed; null for an object of delivered ones.</param>
    /// <param name="random">Gives the letters of random strings.</param>
    public string Evaluate(DateTimeOffset time, string zoneId, string? errorOutputType, Random random)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            text.Append(part.Kind switch
            {
                PrefixPartKind.Text => part.Value,
                PrefixPartKind.Timestamp => TimeText(part.Value, time, zoneId),
                PrefixPartKind.RandomString => random.GetString(RandomLetters, RandomLength),
                PrefixPartKind.ErrorOutputType => errorOutputType,
                _ => throw new InvalidOperationException("Partition keys are put in before."),
            });
        }
        if (!HasExpressions && !_hadExpressions)
            text.Append(errorOutputType).Append(errorOutputType is null ? "" : "/").Append(TimeText(DatePattern, time, zoneId));
        return text.ToString();
    }

    /// <summary>The shortest that it can become.</summary>
    public int MinLength => Parts.Sum(part => part.Kind switch
    {
        PrefixPartKind.Text => part.Value.Length,
        PrefixPartKind.RandomString => RandomLength,
        _ => 1,
    });

    private static string TimeText(string pattern, DateTimeOffset time, string zoneId) =>
        JavaTimePattern.TryParse(pattern, out var parsed) ? parsed.Format(time, zoneId) : throw new InvalidOperationException("The pattern was checked.");

    private static void AddText(List<PrefixPart> parts, string text)
    {
        if (text.Contains("!{", StringComparison.Ordinal))
            throw PrefixRules.Broken("Invalid expression usage");
        if (text.Length > 0)
            parts.Add(new PrefixPart(PrefixPartKind.Text, text));
    }

    private static PrefixPart ReadExpression(string name, string value, string member) => name switch
    {
        "timestamp" when value.Length > 0 && JavaTimePattern.TryParse(value, out _) => new PrefixPart(PrefixPartKind.Timestamp, value),
        "firehose" when value == "random-string" => new PrefixPart(PrefixPartKind.RandomString, ""),
        "firehose" when value == "error-output-type" => new PrefixPart(PrefixPartKind.ErrorOutputType, ""),
        "partitionKeyFromQuery" when value.Length > 0 => new PrefixPart(PrefixPartKind.PartitionKeyFromQuery, value),
        "partitionKeyFromLambda" when value.Length > 0 => new PrefixPart(PrefixPartKind.PartitionKeyFromLambda, value),
        "timestamp" or "firehose" or "partitionKeyFromQuery" or "partitionKeyFromLambda" =>
            throw PrefixRules.Broken($"Invalid conversion character used in the value of the expression in {member}"),
        _ => throw PrefixRules.Broken($"Namespace to the left of colon ({name}) is an invalid keyword!"),
    };

    [GeneratedRegex(@"!\{(?<namespace>[a-zA-Z]+):(?<value>[^{}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Expression();
}
