using System.Text.Json.Nodes;

namespace Headrace.Server.Tests.Kinesis.Members;

/// <summary>Every way to get one member wrong, with what AWS says to it.</summary>
internal static class MemberFaultCases
{
    private const string List = "Start of list found where not expected";
    private const string Structure = "Start of structure or map found where not expected.";

    /// <summary>Values of other types, with the SerializationException's message.</summary>
    public static IEnumerable<(JsonNode Value, string Message)> WrongTypes(ModelledMember member) => member.Type switch
    {
        "string" => [.. Scalars("an String"), (new JsonArray(), List), (new JsonObject(), Structure)],
        "integer" => [("23", "class java.lang.String can not be converted to an Integer"), (true, "class java.lang.Boolean can not be converted to an Integer"), (new JsonArray(), List), (new JsonObject(), Structure)],
        "timestamp" => [("now", "class java.lang.String can not be converted to milliseconds since epoch"), (true, "class java.lang.Boolean can not be converted to milliseconds since epoch"), (new JsonArray(), List), (new JsonObject(), Structure)],
        "boolean" => [("23", "'23' can not be converted to an Boolean"), ("maybe", "'MAYBE' can not be converted to an Boolean"), (23, Number("an Boolean")), (new JsonArray(), List), (new JsonObject(), Structure)],
        "blob" =>
        [
            .. Scalars("a Blob"), (new JsonArray(), List), (new JsonObject(), Structure),
            ("23456", "'23456' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 5"),
            ("=+/=", "'=+/=' can not be converted to a Blob: Invalid Base64 character: '='"),
            ("+/+=", "'+/+=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected"),
        ],
        "strings" => [.. Anything("Expected list or null"), (new JsonObject(), Structure), (new JsonArray(7), Number("an String")), (new JsonArray(new JsonArray()), List)],
        "structures" => [.. Anything("Expected list or null"), (new JsonObject(), Structure), (new JsonArray("x"), "Expected null"), (new JsonArray(new JsonArray()), List)],
        "map" => [.. Anything("Expected map or null"), (new JsonArray(), List), (new JsonObject { ["a"] = 7 }, Number("an String")), (new JsonObject { ["a"] = true }, "class java.lang.Boolean can not be converted to an String")],
        "structure" => [.. Anything("Expected null"), (new JsonArray(), List)],
        _ => throw new ArgumentOutOfRangeException(nameof(member), member.Type, null),
    };

    /// <summary>Values that break constraints, with the faults that AWS tells, in its order. A null is an absent member.</summary>
    public static IEnumerable<(JsonNode? Value, string[] Faults)> BrokenConstraints(ModelledMember member)
    {
        if (member.Required)
            yield return (null, [member.Absence]);
        var cases = member.Type switch
        {
            "string" => Texts(member),
            "integer" => Numbers(member),
            "strings" => Lists(member),
            "structures" => [.. TooFew(member), (new JsonArray((JsonNode?)null), [NullItem(member, "1")])],
            "map" => Maps(member),
            _ => [],
        };
        foreach (var (value, faults) in cases)
            yield return (value, faults);
    }

    /// <summary>One wrong value for a request in which everything is wrong; null: nothing can be, without hiding other faults.</summary>
    public static (JsonNode? Value, string[] Faults)? Worst(ModelledMember member) => member.Type is "structure" or "structures"
        ? null
        : BrokenConstraints(member).Select(broken => ((JsonNode?, string[])?)broken).LastOrDefault();

    private static IEnumerable<(JsonNode, string[])> Texts(ModelledMember member)
    {
        if (member.Values.Count > 0)
            yield return ("x", [member.Fault("x", member.NotListed)]);
        if (member.Max is { } max)
        {
            var tooLong = new string('a', max + 1);
            yield return (tooLong, [.. Mismatch(tooLong), member.Fault(tooLong, member.TooMany)]);
        }
        if (member.Pattern.Length > 0)
            yield return ("a b", [member.Fault("a b", member.NoMatch)]);
        if (member.Min is not null || member.Pattern.Length > 0)
            yield return ("", [.. Mismatch(""), .. member.Min is null ? Array.Empty<string>() : [member.Fault("", member.TooFew)]]);

        string[] Mismatch(string text) => member.Pattern.Length == 0 || (member.Pattern == "[a-zA-Z0-9_.-]+" && text.Length > 0) ? [] : [member.Fault(text, member.NoMatch)];
    }

    private static IEnumerable<(JsonNode, string[])> Numbers(ModelledMember member)
    {
        if (member.Max is { } max)
        {
            yield return (max + 1, [member.Fault($"{max + 1}", member.TooMany)]);
            yield return (1e20, [member.Fault($"{int.MaxValue}", member.TooMany)]);
        }
        if (member.Min is { } min)
        {
            yield return (-1e20, [member.Fault($"{int.MinValue}", member.TooFew)]);
            if (min > 0)
                yield return (min - 0.5, [member.Fault($"{min - 1}", member.TooFew)]);
            yield return (min - 1, [member.Fault($"{min - 1}", member.TooFew)]);
        }
    }

    private static IEnumerable<(JsonNode, string[])> Lists(ModelledMember member)
    {
        var item = member.Values.Count > 0 ? member.Values[0] : "k";
        if (member.Max is { } max)
        {
            var tooMany = Enumerable.Repeat(item, max + 1).ToArray();
            yield return (new JsonArray([.. tooMany.Select(one => JsonValue.Create(one))]), [member.Fault($"[{string.Join(", ", tooMany)}]", member.TooMany)]);
        }
        if (member.Values.Count > 0)
            yield return (new JsonArray(item, "x"), [member.Fault($"[{item}, x]", $"Member must satisfy constraint: [{member.NotListed}]")]);
        else
            yield return (new JsonArray(item, ""), [member.Fault($"[{item}, ]", Each("Member", 128, 1))]);
        yield return (new JsonArray(item, null), [NullItem(member, "2")]);
        if (member.Min is not null)
            yield return (new JsonArray(), [member.Fault("[]", member.TooFew)]);
    }

    private static IEnumerable<(JsonNode, string[])> TooFew(ModelledMember member) => member.Min is null ? [] : [(new JsonArray(), [member.Fault("[]", member.TooFew)])];

    private static string NullItem(ModelledMember member, string at) => $"Value null at '{member.ShownPath}.{at}.member' failed to satisfy constraint: Member must not be null";

    private static IEnumerable<(JsonNode, string[])> Maps(ModelledMember member)
    {
        var tooMany = Enumerable.Range(0, member.Max!.Value + 1).Select(i => $"k{i}").ToArray();
        yield return (Map(tooMany, "v"), [member.Fault($"{{{string.Join(", ", tooMany.Select(key => $"{key}=v"))}}}", member.TooMany)]);
        var key = new string('k', 129);
        yield return (Map([key], ""), [member.Fault($"{{{key}=}}", Each("Map keys", 128, 1))]);
        yield return (Map([""], "v"), [member.Fault("{=v}", Each("Map keys", 128, 1))]);
        var value = new string('v', 257);
        yield return (Map(["k"], value), [member.Fault($"{{k={value}}}", Each("Map value", 256, 0))]);
        yield return (new JsonObject { ["k"] = null }, [NullItem(member, "k")]);
        yield return (new JsonObject(), [member.Fault("{}", member.TooFew)]);
    }

    private static JsonObject Map(IEnumerable<string> keys, string value) => new(keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key, value)));

    private static string Each(string what, int max, int min) =>
        $"{what} must satisfy constraint: [Member must have length less than or equal to {max}, Member must have length greater than or equal to {min}]";

    private static IEnumerable<(JsonNode, string)> Scalars(string expected)
    {
        yield return (true, $"class java.lang.Boolean can not be converted to {expected}");
        yield return (23, Number(expected));
        yield return (34.56, Number(expected));
    }

    private static string Number(string expected) => $"class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to {expected}";

    private static IEnumerable<(JsonNode, string)> Anything(string message) => [("23", message), (true, message), (23, message), (34.56, message)];
}
