using Headrace.Buckets.Bodies;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Uploads;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;

namespace Headrace.Buckets.Lifecycle;

/// <summary>Does to a part of a bucket's versions what its rules say is due. What it does is decided and done in one transaction.</summary>
internal sealed class ExpirySweep(DatabaseSession session, Bucket bucket, IReadOnlyList<LifecycleRule> rules, DateTimeOffset now)
{
    /// <summary>Versions that one transaction looks at, so that others' writes don't wait long.</summary>
    private const int BatchSize = 500;

    private readonly List<BodyFile> _freed = [];

    public IReadOnlyList<BodyFile> Freed => _freed;

    /// <summary>Gives where to go on; null when all were looked at.</summary>
    public VersionPosition? ExpireFrom(VersionPosition position)
    {
        var rows = VersionTables.Scan(session, bucket.Name, position, BatchSize);
        if (rows.Count == 0)
            return null;
        // Of a key, all versions are looked at together.
        var keys = rows.Select(row => row.Key).Distinct(StringComparer.Ordinal).ToList();
        foreach (var key in keys)
            ExpireKey(VersionTables.OfKey(session, bucket.Name, key));
        return rows.Count < BatchSize ? null : VersionPosition.After(keys[^1]);
    }

    /// <summary>Aborts uploads that have waited too long.</summary>
    public void AbortUploads()
    {
        foreach (var rule in rules.Where(rule => rule.IsEnabled && rule.AbortUploadsAfterDays is not null))
        {
            foreach (var upload in UploadTables.BegunBefore(session, bucket.Name, now.AddDays(-rule.AbortUploadsAfterDays!.Value), int.MaxValue))
            {
                if (LifecycleRule.EndOfDays(upload.CreatedAt, rule.AbortUploadsAfterDays.Value) > now || !upload.Target.Key.StartsWith(rule.Prefix, StringComparison.Ordinal))
                    continue;
                _freed.AddRange(UploadTables.Parts(session, upload.Id).SelectMany(part => part.Files));
                UploadTables.Delete(session, upload.Id);
            }
        }
    }

    private void ExpireKey(List<ObjectVersion> versions)
    {
        var past = versions.Where(version => !version.IsLatest).ToList();
        for (var newer = 0; newer < past.Count; newer++)
        {
            if (rules.Any(rule => IsPastDue(rule, past[newer], newer)))
                Remove(new DeleteRequest(past[newer].Key, past[newer].VersionId));
        }
        if (versions.Find(version => version.IsLatest) is not { } newest)
            return;
        if (newest.Object is { } current)
        {
            if (rules.Any(rule => rule.Concerns(current) && rule.ExpiryOf(current) <= now))
                Remove(new DeleteRequest(newest.Key));
        }
        else if (rules.Any(rule => IsLoneMarkerDue(rule, newest)) && VersionTables.OfKey(session, bucket.Name, newest.Key).Count == 1)
        {
            Remove(new DeleteRequest(newest.Key, newest.VersionId));
        }
    }

    private bool IsPastDue(LifecycleRule rule, ObjectVersion version, int newer)
    {
        if (rule.NoncurrentDays is not { } days || newer < rule.KeptNoncurrentVersions || version.SupersededAt is not { } superseded)
            return false;
        var concerned = version.Object is { } found ? rule.Concerns(found) : ConcernsMarker(rule, version.Key);
        return concerned && LifecycleRule.EndOfDays(superseded, days) <= now;
    }

    private bool IsLoneMarkerDue(LifecycleRule rule, ObjectVersion marker)
    {
        if (!ConcernsMarker(rule, marker.Key))
            return false;
        return rule.ExpiresLoneMarkers
            || rule.ExpirationDate <= now
            || (rule.ExpirationDays is { } days && LifecycleRule.EndOfDays(marker.ModifiedAt, days) <= now);
    }

    /// <summary>A marker has neither tags nor a size.</summary>
    private static bool ConcernsMarker(LifecycleRule rule, string key) =>
        rule.IsEnabled && rule.Tags.Count == 0 && rule.LargerThan is null && rule.SmallerThan is null && key.StartsWith(rule.Prefix, StringComparison.Ordinal);

    private void Remove(DeleteRequest request)
    {
        try
        {
            _freed.AddRange(Removal.Remove(session, bucket, request, now).Freed);
        }
        catch (BucketsException locked) when (locked.Fault == BucketsFault.AccessDenied)
        {
            // Stays until its retention ends; the next sweep asks again.
        }
    }
}
