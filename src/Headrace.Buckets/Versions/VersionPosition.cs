namespace Headrace.Buckets.Versions;

/// <summary>Between two versions, in the order that they are listed: after the version of this key and sequence.</summary>
internal readonly record struct VersionPosition(string Key, long Sequence)
{
    /// <summary>Before the key's newest version.</summary>
    public static VersionPosition At(string key) => new(key, long.MaxValue);

    /// <summary>After the key's oldest version.</summary>
    public static VersionPosition After(string key) => new(key, long.MinValue);
}
