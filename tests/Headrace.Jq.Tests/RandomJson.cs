using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Headrace.Jq.Tests;

/// <summary>JSON texts of any shape: nested, with every kind of character, and numbers small and huge.</summary>
internal static class RandomJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Gen<string> Key = Gen.OneOf(OneOf("a", "b", "quantity", "list", "é", "a b", ""), Gen.String[Gen.Char[' ', '~'], 0, 8]);

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf<JsonNode?>(
        Gen.Const(() => (JsonNode?)null),
        Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Int.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Long.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Double[-1e30, 1e30].Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u0000', '\u001f'], Gen.Char['\u00a0', '\ud7ff'], Gen.Char['\ue000', '\ufffd']), 0, 12]
            .Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Const(() => (JsonNode?)JsonValue.Create("😀 \"quoted\" \\ /")));

    public static Gen<string> Texts { get; } = Nodes(3).Select(node => node?.ToJsonString(Plain) ?? "null");

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static Gen<JsonNode?> Nodes(int depth)
    {
        if (depth == 0)
            return Scalar;
        var inner = Nodes(depth - 1);
        return Gen.Frequency(
            (1, Scalar),
            (2, inner.List[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))),
            (3, Gen.Select(Key, inner).List[0, 5].Select(members => (JsonNode?)Object(members))));
    }

    private static JsonObject Object(IEnumerable<(string Key, JsonNode? Value)> members)
    {
        var result = new JsonObject();
        foreach (var (key, value) in members)
            result[key] = value?.DeepClone();
        return result;
    }
}
