using System.Globalization;
using System.Text.Json.Nodes;

namespace Headrace.Server.Tests.Firehose.Members;

/// <summary>What the API's model says of one member of a request.</summary>
/// <param name="Path">Such as <c>Record.Data</c> or <c>Records.1.Data</c>.</param>
/// <param name="Required">Whether its absence is a fault.</param>
/// <param name="Type">As the table calls it.</param>
/// <param name="Own">What the member itself must be.</param>
/// <param name="Values">What the text may be; empty: anything.</param>
/// <param name="Item">What each text of a list, or each key of a map, must be.</param>
/// <param name="Value">What each value of a map must be.</param>
public sealed record FirehoseMember(string Path, bool Required, string Type, Bounds Own, IReadOnlyList<string> Values, Bounds Item, Bounds Value)
{
    /// <summary>Texts of which each pattern has one that does not match.</summary>
    private static readonly string[] Odd = ["a b", " ", "a:b", "a!b", "a\nb", "\0"];

    /// <summary>The member as AWS's messages name it.</summary>
    public string ShownPath => string.Join('.', Path.Split('.').SelectMany(part => part == "1" ? new[] { "1", "member" } : [char.ToLowerInvariant(part[0]) + part[1..]]));

    /// <summary>AWS doesn't show what destinations are given: there are passwords among it.</summary>
    public bool IsHidden => Path.Split('.')[0] is var top && top.Contains("Destination", StringComparison.Ordinal) && top != Path;

    public string Absence => Fault(null, "Member must not be null");

    public string Fault(string? value, string constraint) =>
        $"Value {(IsHidden ? "" : value is null ? "null " : $"'{value}' ")}at '{ShownPath}' failed to satisfy constraint: {constraint}";

    /// <summary>A text that all is right with.</summary>
    public string ValidText => Values.Count > 0 ? Values[0] : Own.Pattern switch
    {
        "" or ".*" or "[\\u0001-\\uFFFF]*" => new string('a', Math.Max(Own.Min ?? 1, 1)),
        "[0-9]+" => "1",
        var pattern when pattern.StartsWith("arn:.*:iam", StringComparison.Ordinal) => "arn:aws:iam::000000000000:role/r",
        var pattern when pattern.StartsWith("arn:.*:s3", StringComparison.Ordinal) => "arn:aws:s3:::lake",
        var pattern when pattern.StartsWith("arn:.*:kinesis", StringComparison.Ordinal) => "arn:aws:kinesis:us-east-1:000000000000:stream/s",
        var pattern when pattern.StartsWith("arn:.*:kms", StringComparison.Ordinal) => "arn:aws:kms:us-east-1:000000000000:key/k",
        var pattern when pattern.StartsWith("arn:.*:es", StringComparison.Ordinal) => "arn:aws:es:us-east-1:000000000000:domain/search",
        var pattern when pattern.StartsWith("arn:.*:glue", StringComparison.Ordinal) => "arn:aws:glue:us-east-1:000000000000:catalog",
        var pattern when pattern.StartsWith("arn:.*:secretsmanager", StringComparison.Ordinal) => "arn:aws:secretsmanager:us-east-1:000000000000:secret:s",
        "arn:.*" => "arn:aws:kafka:us-east-1:000000000000:cluster/c",
        var pattern when pattern.StartsWith("s3:", StringComparison.Ordinal) => "s3://lake/warehouse",
        var pattern when pattern.StartsWith("^(|", StringComparison.Ordinal) => ".a",
        var pattern when pattern.StartsWith("^(?:[A-Za-z0-9", StringComparison.Ordinal) => new string('a', 256),
        var pattern when pattern.StartsWith("https:", StringComparison.Ordinal) => "https://service.example",
        var pattern when pattern.StartsWith("jdbc", StringComparison.Ordinal) => "jdbc:redshift://c.redshift.amazonaws.com:5439/dev",
        var pattern when pattern.Contains("snowflake", StringComparison.Ordinal) => "account.snowflakecomputing.com",
        var pattern when pattern.Contains("vpce", StringComparison.Ordinal) => "endpoint.name.vpce.us-east-1.vpce-svc-01234567890123456",
        _ => "aaa",
    };

    public JsonNode ValidValue => Type switch
    {
        "integer" => Math.Max(Own.Min ?? 1, 1),
        "double" => 0.5,
        "boolean" => false,
        "timestamp" => 1,
        "blob" => "QQ==",
        "map" => new JsonObject { ["k"] = "v" },
        "strings" => new JsonArray("k"),
        "structures" => new JsonArray(new JsonObject()),
        "structure" => new JsonObject(),
        _ => ValidText,
    };

    /// <summary>Values that break constraints, with the faults that AWS tells. A null is an absent member.</summary>
    public IEnumerable<(JsonNode? Value, string[] Faults)> BrokenConstraints()
    {
        if (Required)
            yield return (null, [Absence]);
        var cases = Type switch
        {
            "string" => Texts(),
            "integer" => Numbers(),
            "double" => [(1.5, [Fault("1.5", "Member must have value less than or equal to 1")]), (-0.5, [Fault("-0.5", "Member must have value greater than or equal to 0")])],
            "strings" => Lists(),
            "structures" => Structures(),
            "map" => Maps(),
            _ => [],
        };
        foreach (var (value, faults) in cases)
            yield return (value, faults);
    }

    private IEnumerable<(JsonNode, string[])> Texts()
    {
        if (Values.Count > 0)
            yield return ("x", [Fault("x", $"Member must satisfy enum value set: [{string.Join(", ", Values)}]")]);
        foreach (var text in Own.Odd(Odd))
            yield return (text, [.. Own.BrokenBy(text).Select(constraint => Fault(text, constraint))]);
    }

    private IEnumerable<(JsonNode, string[])> Numbers()
    {
        if (Own.Max is { } max)
            yield return (max + 1, [Fault(Shown(max + 1), $"Member must have value less than or equal to {max}")]);
        if (Own.Min is { } min)
            yield return (min - 1, [Fault(Shown(min - 1), $"Member must have value greater than or equal to {min}")]);
    }

    private IEnumerable<(JsonNode, string[])> Lists()
    {
        foreach (var text in Item.Odd(Odd))
            yield return (new JsonArray("k", text), [Fault($"[k, {text}]", $"Member must satisfy constraint: {Item.All}")]);
        if (Own.Max is { } max)
        {
            var many = Enumerable.Repeat("k", max + 1).ToArray();
            yield return (new JsonArray([.. many.Select(item => JsonValue.Create(item))]), [Fault($"[{string.Join(", ", many)}]", $"Member must have length less than or equal to {max}")]);
        }
        if (Own.Min is { } min)
            yield return (new JsonArray(), [Fault("[]", $"Member must have length greater than or equal to {min}")]);
    }

    private IEnumerable<(JsonNode, string[])> Structures()
    {
        if (Own.Min is { } min)
            yield return (new JsonArray(), [Fault("[]", $"Member must have length greater than or equal to {min}")]);
    }

    private IEnumerable<(JsonNode, string[])> Maps()
    {
        foreach (var text in Item.Odd(Odd))
            yield return (new JsonObject { [text] = "v" }, [Fault($"{{{text}=v}}", $"Map keys must satisfy constraint: {Item.All}")]);
        foreach (var text in Value.Odd(Odd))
            yield return (new JsonObject { ["k"] = text }, [Fault($"{{k={text}}}", $"Map value must satisfy constraint: {Value.All}")]);
    }

    private static string Shown(int number) => number.ToString(CultureInfo.InvariantCulture);
}
