using System.Globalization;
using System.Net;

namespace Headrace.Server.S3.Access;

/// <summary>One condition of a statement: an operator, a key and the values of which one must fit.</summary>
internal sealed record PolicyCondition(string Operator, string Key, IReadOnlyList<string> Values)
{
    private const string IfExists = "IfExists";

    /// <summary>Null when this server can't tell.</summary>
    public bool? Holds(Func<string, ConditionValue> valueOf)
    {
        var value = valueOf(Key);
        if (!value.IsKnown)
            return null;
        if (Operator.Equals("Null", StringComparison.OrdinalIgnoreCase))
            return Values.Any(wanted => wanted.Equals(value.Text is null ? "true" : "false", StringComparison.OrdinalIgnoreCase));
        var optional = Operator.EndsWith(IfExists, StringComparison.OrdinalIgnoreCase);
        var name = optional ? Operator[..^IfExists.Length] : Operator;
        var negated = name.Contains("Not", StringComparison.Ordinal);
        if (value.Text is not { } text)
            return optional || negated;
        var fits = Values.Select(wanted => Fits(name.Replace("Not", "", StringComparison.Ordinal), text, wanted)).ToList();
        return fits.Contains(null) ? null : fits.Contains(true) != negated;
    }

    private static bool? Fits(string comparison, string text, string wanted) => comparison switch
    {
        "StringEquals" or "ArnEquals" => text == wanted,
        "StringEqualsIgnoreCase" => text.Equals(wanted, StringComparison.OrdinalIgnoreCase),
        "StringLike" or "ArnLike" => Wildcard.Matches(wanted, text),
        "Bool" => text.Equals(wanted, StringComparison.OrdinalIgnoreCase),
        "NumericEquals" => Compare(text, wanted) == 0,
        "NumericLessThan" => Compare(text, wanted) < 0,
        "NumericLessThanEquals" => Compare(text, wanted) <= 0,
        "NumericGreaterThan" => Compare(text, wanted) > 0,
        "NumericGreaterThanEquals" => Compare(text, wanted) >= 0,
        "IpAddress" => Contains(wanted, text),
        _ => null,
    };

    private static int? Compare(string left, string right) =>
        decimal.TryParse(left, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(right, CultureInfo.InvariantCulture, out var b) ? a.CompareTo(b) : null;

    private static bool? Contains(string network, string address)
    {
        if (!IPAddress.TryParse(address, out var known))
            return null;
        if (IPNetwork.TryParse(network, out var range))
            return range.Contains(known);
        return IPAddress.TryParse(network, out var single) ? single.Equals(known) : null;
    }
}
