using System.Security.Cryptography;

namespace Headrace.Buckets.Versions;

/// <summary>Names of versions: opaque, 32 characters; or <c>null</c> for what was written while no versions were kept.</summary>
public static class VersionId
{
    public const string Null = "null";

    private const int Length = 32;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

    /// <summary>True for what could be a version's name.</summary>
    public static bool IsValid(string id) => id == Null || (id.Length == Length && id.All(letter => Alphabet.Contains(letter, StringComparison.Ordinal)));

    internal static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);
}
