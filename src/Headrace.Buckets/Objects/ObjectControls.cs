using System.Text.Json;
using Headrace.Buckets.Access;
using Headrace.Buckets.Retention;
using Headrace.Buckets.Settings;

namespace Headrace.Buckets.Objects;

/// <summary>Who may use an object, and until when it can't be deleted. May change while the object stays as it is.</summary>
public sealed record ObjectControls
{
    public static readonly ObjectControls None = new();

    /// <summary>Null for the owner's alone.</summary>
    public IReadOnlyList<AccessGrant>? Grants { get; init; }

    public ObjectRetention? Retention { get; init; }

    /// <summary>Keeps the object whatever its retention says; null where it was never set.</summary>
    public bool? LegalHold { get; init; }

    internal string? ToText() => this == None ? null : JsonSerializer.Serialize(this, SettingsJson.Default.ObjectControls);

    internal static ObjectControls FromText(string? text) => text is null ? None : JsonSerializer.Deserialize(text, SettingsJson.Default.ObjectControls)!;

    /// <exception cref="BucketsException">AccessDenied: the object is locked.</exception>
    internal void CheckDeletable(string key, DateTimeOffset now, bool bypassGovernance)
    {
        if (LegalHold == true || (Retention is { } retention && retention.Until > now && !(bypassGovernance && retention.Mode == RetentionMode.Governance)))
            throw new BucketsException(BucketsFault.AccessDenied, "Access Denied because object protected by object lock.") { Resource = key };
    }
}
