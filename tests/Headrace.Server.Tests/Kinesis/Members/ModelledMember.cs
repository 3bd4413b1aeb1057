namespace Headrace.Server.Tests.Kinesis.Members;

/// <summary>What the API's model says of one member of a request.</summary>
/// <param name="Path">Such as <c>StartingPosition.Type</c> or <c>Records.1.Data</c>.</param>
/// <param name="Required">Whether its absence is a fault.</param>
/// <param name="Type">As the table calls it.</param>
/// <param name="Min">Least value, length or count; null: none.</param>
/// <param name="Max">Greatest value, length or count; null: none.</param>
/// <param name="Pattern">What the text must match; empty: anything.</param>
/// <param name="Values">What the text, or each text of a list, may be; empty: anything.</param>
public sealed record ModelledMember(string Path, bool Required, string Type, int? Min, int? Max, string Pattern, IReadOnlyList<string> Values)
{
    /// <summary>The member as AWS's messages name it.</summary>
    public string ShownPath => string.Join('.', Path.Split('.').SelectMany(part => part == "1" ? new[] { "1", "member" } : [char.ToLowerInvariant(part[0]) + part[1..]]));

    /// <summary>How a message begins that tells of the member's value.</summary>
    public string Fault(string value, string constraint) => $"Value '{value}' at '{ShownPath}' failed to satisfy constraint: {constraint}";

    public string Absence => $"Value null at '{ShownPath}' failed to satisfy constraint: Member must not be null";

    public string TooFew => $"Member must have {What} greater than or equal to {Min}";

    public string TooMany => $"Member must have {What} less than or equal to {Max}";

    public string NoMatch => $"Member must satisfy regular expression pattern: {Pattern}";

    public string NotListed => $"Member must satisfy enum value set: [{string.Join(", ", Values)}]";

    private string What => Type == "integer" ? "value" : "length";
}
