namespace Headrace.Server.S3.Access;

/// <summary>One statement of a bucket's policy.</summary>
internal sealed record PolicyStatement
{
    public required bool Allows { get; init; }

    /// <summary><c>*</c>, or ARNs and account ids.</summary>
    public required IReadOnlyList<string> Principals { get; init; }

    /// <summary>True when the statement is for all others than its principals.</summary>
    public bool ExceptPrincipals { get; init; }

    public required IReadOnlyList<string> Actions { get; init; }

    public bool ExceptActions { get; init; }

    public required IReadOnlyList<string> Resources { get; init; }

    public bool ExceptResources { get; init; }

    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    public bool IsForEverybody => ExceptPrincipals || Principals.Contains("*");

    /// <summary>True when the statement speaks of this request. What can't be told counts against the caller.</summary>
    public bool Concerns(PolicyQuestion question)
    {
        if (Principals.Any(principal => Names(principal, question.Account)) == ExceptPrincipals)
            return false;
        if (Actions.Any(action => Wildcard.Matches(action, question.Action, StringComparison.OrdinalIgnoreCase)) == ExceptActions)
            return false;
        if (Resources.Any(resource => Wildcard.Matches(resource, question.Resource)) == ExceptResources)
            return false;
        return Conditions.All(condition => condition.Holds(question.ValueOf) ?? !Allows);
    }

    /// <summary>A principal within an account means the account: there are no users here.</summary>
    private static bool Names(string principal, string? account) =>
        principal == "*" || (account is not null && (principal == account || principal.StartsWith($"arn:aws:iam::{account}:", StringComparison.Ordinal)));
}
