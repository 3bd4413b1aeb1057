using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headrace.Streams.Resources;

/// <summary>A resource policy as it decides on requests. Immutable.</summary>
public sealed class ResourcePolicy
{
    private readonly Statement[] _statements;

    private ResourcePolicy(string text, Statement[] statements)
    {
        Text = text;
        _statements = statements;
    }

    /// <summary>The policy as its user wrote it.</summary>
    public string Text { get; }

    /// <summary>Reads a policy that <see cref="PolicyDocument"/> has found valid.</summary>
    internal static ResourcePolicy Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return new ResourcePolicy(text, [.. PolicyDocument.OneOrMore(document.RootElement.GetProperty("Statement")).Select(Statement.Parse)]);
    }

    /// <summary>What the policy says of an action: a denial outweighs whatever is allowed.</summary>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="action">The action, such as <c>kinesis:PutRecord</c>.</param>
    /// <returns>True: allowed. False: denied. Null: it says nothing.</returns>
    public bool? Decide(string accountId, string action)
    {
        bool? decision = null;
        foreach (var statement in _statements)
        {
            if (!statement.Concerns(accountId, action))
                continue;
            if (!statement.Allows)
                return false;
            decision = true;
        }
        return decision;
    }

    private sealed record Statement(bool Allows, bool Anyone, string[] Accounts, Regex[] Actions)
    {
        public static Statement Parse(JsonElement statement)
        {
            var allows = statement.GetProperty("Effect").GetString() == "Allow";
            var principals = Principals(statement.GetProperty("Principal"));
            // Conditions aren't weighed: what one allows isn't allowed, and what one denies is denied.
            var neverHolds = allows && statement.TryGetProperty("Condition", out var condition) && condition.ValueKind == JsonValueKind.Object && condition.EnumerateObject().Any();
            return new Statement(
                allows,
                principals.Contains("*") && !neverHolds,
                neverHolds ? [] : [.. principals.Select(AccountOf)],
                [.. PolicyDocument.OneOrMore(statement.GetProperty("Action")).Select(action => Wildcards(action.GetString()!))]);
        }

        public bool Concerns(string accountId, string action) => (Anyone || Accounts.Contains(accountId)) && Actions.Any(pattern => pattern.IsMatch(action));

        private static string[] Principals(JsonElement principal) => principal.ValueKind == JsonValueKind.String
            ? [principal.GetString()!]
            : [.. principal.EnumerateObject().Where(kind => kind.Name == "AWS").SelectMany(kind => PolicyDocument.OneOrMore(kind.Value)).Select(value => value.ToString())];

        /// <summary>There are no users or roles here: a principal is its account.</summary>
        private static string AccountOf(string principal) => principal.Split(':') is { Length: >= 6 } parts ? parts[4] : principal;

        private static Regex Wildcards(string action) => new(
            $@"\A{Regex.Escape(action).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}\z",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
    }
}
