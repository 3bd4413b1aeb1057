namespace Headrace.Server.S3.Access;

/// <summary>A canonical user id has 64 hex digits; ours spells the account, filled up with zeros.</summary>
internal static class CanonicalId
{
    private const int Length = 64;
    private const int AccountLength = 12;

    public static string Of(string account) => account.PadLeft(Length, '0');

    /// <summary>The account; null for what is no id of ours.</summary>
    public static string? AccountOf(string id) =>
        id.Length == Length && id.All(char.IsAsciiDigit) && id[..^AccountLength].All(digit => digit == '0') ? id[^AccountLength..] : null;
}
