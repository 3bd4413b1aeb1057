namespace Headrace.Buckets.Versions;

/// <summary>Whether a bucket keeps what is overwritten or deleted. Once enabled, it can only be suspended.</summary>
public enum VersioningState
{
    /// <summary>It never did.</summary>
    Unversioned,

    /// <summary>Every put and every delete makes a version of its own.</summary>
    Enabled,

    /// <summary>Versions stay; new puts and deletes replace the version <c>null</c>.</summary>
    Suspended,
}
