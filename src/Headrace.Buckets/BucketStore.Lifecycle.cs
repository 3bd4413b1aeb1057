using System.Collections.Concurrent;
using Headrace.Buckets.Lifecycle;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Settings;
using Headrace.Buckets.Uploads;
using Headrace.Buckets.Versions;

namespace Headrace.Buckets;

// Lifecycle: rules by which objects expire.
public sealed partial class BucketStore
{
    /// <summary>How long an upload that was completed can be completed once more.</summary>
    private static readonly TimeSpan CompletionMemory = TimeSpan.FromDays(1);

    // By bucket, as in the database: every answer that gives an object tells when it expires.
    private readonly ConcurrentDictionary<string, LifecycleConfiguration> _lifecycles = new(StringComparer.Ordinal);
    private readonly Lock _lifecycleLock = new();
    private TaskCompletionSource _rulesChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when rules change next.</summary>
    internal Task RulesChanged => Volatile.Read(ref _rulesChanged).Task;

    /// <summary>A bucket's rules; null where there are none.</summary>
    public LifecycleConfiguration? GetLifecycle(string bucket) => GetSetting(bucket, SettingTables.Lifecycle, SettingsJson.Default.LifecycleConfiguration);

    /// <summary>Sets a bucket's rules; null removes them.</summary>
    public void SetLifecycle(string bucket, LifecycleConfiguration? lifecycle)
    {
        lock (_lifecycleLock)
        {
            SetSetting(bucket, SettingTables.Lifecycle, lifecycle, SettingsJson.Default.LifecycleConfiguration);
            if (lifecycle is null)
                _lifecycles.TryRemove(bucket, out _);
            else
                _lifecycles[bucket] = lifecycle;
        }
        Interlocked.Exchange(ref _rulesChanged, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>When an object will expire; null when no rule says so.</summary>
    public ObjectExpiry? ExpiryOf(StoredObject found)
    {
        if (!_lifecycles.TryGetValue(found.Bucket, out var lifecycle))
            return null;
        return lifecycle.Rules
            .Where(rule => rule.Concerns(found))
            .Select(rule => rule.ExpiryOf(found) is { } at ? new ObjectExpiry(at, rule.Id) : null)
            .Where(expiry => expiry is not null)
            .MinBy(expiry => expiry!.At);
    }

    /// <summary>Does what the rules of all buckets say is due now.</summary>
    public void ExpireObjects(CancellationToken cancellation = default)
    {
        Write(session =>
        {
            UploadTables.ForgetCompletions(session, Now() - CompletionMemory);
            return 0;
        });
        foreach (var (bucket, lifecycle) in _lifecycles)
            Expire(bucket, lifecycle.Rules, cancellation);
    }

    private void Expire(string name, IReadOnlyList<LifecycleRule> rules, CancellationToken cancellation)
    {
        for (VersionPosition? position = VersionPosition.At(""); position is { } from && !cancellation.IsCancellationRequested;)
        {
            var (next, freed) = Write(session =>
            {
                if (BucketTables.FindBucket(session, name) is not { } bucket)
                    return (null, []);
                var sweep = new ExpirySweep(session, bucket, rules, Now());
                if (from.Key.Length == 0)
                    sweep.AbortUploads();
                return (sweep.ExpireFrom(from), sweep.Freed);
            });
            _shelf.Discard(freed);
            position = next;
        }
    }

    private void LoadLifecycles()
    {
        foreach (var (bucket, text) in Read(session => SettingTables.All(session, SettingTables.Lifecycle)))
            _lifecycles[bucket] = FromText(text, SettingsJson.Default.LifecycleConfiguration)!;
    }
}
