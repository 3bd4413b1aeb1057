using System.Text.Json;

namespace Headrace.Streams.Resources;

/// <summary>Checks a resource policy before it is stored.</summary>
internal static class PolicyDocument
{
    private const int MaxLength = 20 * 1024;

    private static readonly string[] Versions = ["2012-10-17", "2008-10-17"];

    /// <param name="text">The policy.</param>
    /// <param name="arn">The resource that it is for.</param>
    /// <exception cref="StreamsException">InvalidArgument: it is no policy, or one for something else.</exception>
    public static void Check(string text, string arn)
    {
        if (text.Length > MaxLength)
            throw Invalid($"it is longer than {MaxLength} characters.");
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Invalid("it is not a JSON object.");
            if (document.RootElement.TryGetProperty("Version", out var version) && !Versions.Contains(TextOf(version)))
                throw Invalid($"its Version is none of {string.Join(", ", Versions)}.");
            if (!document.RootElement.TryGetProperty("Statement", out var statement))
                throw Invalid("it has no Statement.");
            var statements = OneOrMore(statement);
            if (statements.Count == 0)
                throw Invalid("it has no Statement.");
            foreach (var single in statements)
                CheckStatement(single, arn);
        }
        catch (JsonException)
        {
            throw Invalid("it is not valid JSON.");
        }
    }

    private static void CheckStatement(JsonElement statement, string arn)
    {
        if (statement.ValueKind != JsonValueKind.Object)
            throw Invalid("a Statement is not a JSON object.");
        if (!statement.TryGetProperty("Effect", out var effect) || TextOf(effect) is not ("Allow" or "Deny"))
            throw Invalid("the Effect of a Statement must be Allow or Deny.");
        if (!statement.TryGetProperty("Principal", out var principal) || principal.ValueKind is not (JsonValueKind.String or JsonValueKind.Object))
            throw Invalid("a Statement must have a Principal.");
        if (!statement.TryGetProperty("Action", out var actions) || OneOrMore(actions) is not { Count: > 0 } listed || !listed.All(IsAction))
            throw Invalid("a Statement must have an Action, and actions of Kinesis only.");
        if (!statement.TryGetProperty("Resource", out var resources) || OneOrMore(resources) is not { Count: > 0 } named || named.Any(resource => TextOf(resource) != arn))
            throw Invalid($"the Resource of every Statement must be {arn}.");
    }

    private static bool IsAction(JsonElement action) => TextOf(action)?.StartsWith("kinesis:", StringComparison.OrdinalIgnoreCase) == true;

    private static string? TextOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>Policies may write a list of one without its brackets.</summary>
    public static List<JsonElement> OneOrMore(JsonElement element) => element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [element];

    private static StreamsException Invalid(string reason) => new(StreamsFault.InvalidArgument, $"The resource policy is invalid: {reason}");
}
