using System.Text.Json;

namespace Headrace.Server.S3.Access;

/// <summary>A bucket's policy: who else may use it, and what even its owner may not.</summary>
internal sealed class BucketPolicy
{
    private static readonly string[] Versions = ["2012-10-17", "2008-10-17"];

    private readonly List<PolicyStatement> _statements;

    private BucketPolicy(List<PolicyStatement> statements) => _statements = statements;

    /// <summary>True when it lets everybody do something, under no condition that confines who.</summary>
    public bool IsPublic => _statements.Exists(statement => statement is { Allows: true, IsForEverybody: true } && !statement.Conditions.Any(condition => condition.Confines));

    public bool Denies(PolicyQuestion question) => _statements.Exists(statement => !statement.Allows && statement.Concerns(question));

    public bool Allows(PolicyQuestion question) => _statements.Exists(statement => statement.Allows && statement.Concerns(question));

    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static BucketPolicy Parse(string text, string bucket)
    {
        if (!text.StartsWith('{'))
            throw Malformed("Policies must be valid JSON and the first byte must be '{'");
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.TryGetProperty("Version", out var version) && !Versions.Contains(version.GetString()))
                throw Malformed("The policy must contain a valid version string");
            if (!root.TryGetProperty("Statement", out var statements))
                throw Malformed("Missing required field Statement");
            var parsed = Items(statements).Select(statement => StatementOf(statement, bucket)).ToList();
            return parsed.Count > 0 ? new BucketPolicy(parsed) : throw Malformed("Could not parse the policy: Statement is empty!");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Malformed("Policies must be valid JSON and the first byte must be '{'", failure);
        }
    }

    private static PolicyStatement StatementOf(JsonElement statement, string bucket)
    {
        var effect = statement.TryGetProperty("Effect", out var stated) ? stated.GetString() : throw Malformed("Missing required field Effect");
        if (effect is not ("Allow" or "Deny"))
            throw Malformed($"Invalid effect: {effect}");
        var (principals, exceptPrincipals) = Either(statement, "Principal", PrincipalsOf);
        if (exceptPrincipals && effect == "Allow")
            throw Malformed("Allow with NotPrincipal is not allowed.");
        var (actions, exceptActions) = Either(statement, "Action", Texts);
        var (resources, exceptResources) = Either(statement, "Resource", Texts);
        if (actions.Any(action => action != "*" && !action.StartsWith("s3:", StringComparison.OrdinalIgnoreCase)))
            throw Malformed("Policy has invalid action");
        var arn = "arn:aws:s3:::" + bucket;
        if (resources.Any(resource => resource != "*" && !Wildcard.Matches(resource.Split('/', 2)[0], arn)))
            throw Malformed("Policy has invalid resource");
        return new PolicyStatement
        {
            Allows = effect == "Allow",
            Principals = principals,
            ExceptPrincipals = exceptPrincipals,
            Actions = actions,
            ExceptActions = exceptActions,
            Resources = resources,
            ExceptResources = exceptResources,
            Conditions = statement.TryGetProperty("Condition", out var conditions) ? ConditionsOf(conditions) : [],
        };
    }

    private static (List<string> Values, bool Except) Either(JsonElement statement, string name, Func<JsonElement, List<string>> read)
    {
        if (statement.TryGetProperty(name, out var values))
            return (read(values), false);
        return statement.TryGetProperty("Not" + name, out values) ? (read(values), true) : throw Malformed($"Missing required field {name}");
    }

    private static List<string> PrincipalsOf(JsonElement principal)
    {
        if (principal.ValueKind != JsonValueKind.Object)
            return principal.GetString() == "*" ? ["*"] : throw Malformed("Invalid principal in policy");
        return [.. principal.EnumerateObject().SelectMany(kind => Texts(kind.Value))];
    }

    private static List<PolicyCondition> ConditionsOf(JsonElement conditions) =>
    [
        .. conditions.EnumerateObject().SelectMany(comparison =>
            comparison.Value.EnumerateObject().Select(key => new PolicyCondition(comparison.Name, key.Name, Texts(key.Value)))),
    ];

    private static List<string> Texts(JsonElement value) => [.. Items(value).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];

    private static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    private static S3Exception Malformed(string message, Exception? cause = null) => new(400, "MalformedPolicy", message, cause);
}
