using Headrace.Buckets.Versions;
using Headrace.ControlPlane;

namespace Headrace.Buckets;

/// <summary>A bucket. Its name is taken for all accounts and regions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The account that owns it and the region that it was made in.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Bucket(string Name, AccountScope Owner, DateTimeOffset CreatedAt)
{
    public VersioningState Versioning { get; init; }

    /// <summary>True when its objects may be locked against deletion; that can't be taken back.</summary>
    public bool LocksObjects { get; init; }
}
