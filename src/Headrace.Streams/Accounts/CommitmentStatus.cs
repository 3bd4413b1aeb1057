namespace Headrace.Streams.Accounts;

/// <summary>Whether an account's billing commitment holds.</summary>
public enum CommitmentStatus
{
    Disabled,
    Enabled,

    /// <summary>Its end was asked for before its term is over.</summary>
    EnabledUntilEarliestAllowedEnd,
}
