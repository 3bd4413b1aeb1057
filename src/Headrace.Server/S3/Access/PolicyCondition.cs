using System.Globalization;
using System.Net;

namespace Headrace.Server.S3.Access;

/// <summary>One condition of a statement: an operator, a key and the values of which one must fit.</summary>
internal sealed record PolicyCondition(string Operator, string Key, IReadOnlyList<string> Values)
{
    private const string IfExists = "IfExists";

    /// <summary>Keys by which S3 takes a policy not to be for the public, if their values are fixed.</summary>
    private static readonly string[] ConfiningKeys =
    [
        "aws:SourceIp", "aws:SourceArn", "aws:SourceVpc", "aws:SourceVpce", "aws:SourceOwner", "aws:SourceAccount", "aws:userid", "aws:PrincipalArn",
        "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:DataAccessPointArn",
        "s3:DataAccessPointAccount",
    ];

    /// <summary>True when it holds for known callers only.</summary>
    public bool Confines => ConfiningKeys.Contains(Key, StringComparer.OrdinalIgnoreCase)
        && !Operator.Contains("Not", StringComparison.Ordinal)
        && !Values.Any(value => value.Contains('*', StringComparison.Ordinal) || value.EndsWith("/0", StringComparison.Ordinal));

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
