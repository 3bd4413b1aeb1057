using Headrace.ControlPlane;

namespace Headrace.Server.Pipelines;

/// <summary>
/// What pipelines, which run in processes of their own, tell of themselves. It is kept in memory and bounded: a worker that is silent
/// doesn't count any more, and a group without workers is forgotten after an hour, or sooner where others need its place. Thread-safe.
/// </summary>
internal sealed class PipelineBook(TimeProvider time)
{
    /// <summary>How long nothing is heard of a worker that counts as running; it tells of itself each second.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>How long a group stays in sight whose workers have all gone: somebody may ask where they are.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    public const int MaxGroups = 256;
    public const int MaxWorkers = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<PipelineKey, PipelineGroup> _groups = [];

    /// <param name="report">What a worker tells.</param>
    /// <param name="isLast">Whether it has ended.</param>
    public void Take(PipelineReport report, bool isLast)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_groups.TryGetValue(report.Key, out var group))
            {
                Forget(now);
                if (_groups.Count >= MaxGroups)
                    _groups.Remove(_groups.MinBy(each => each.Value.LastAt).Key);
                _groups.Add(report.Key, group = new PipelineGroup(report.Key, MaxWorkers));
            }
            group.Take(report, isLast, now);
        }
    }

    /// <summary>All groups of an account and region, by their names.</summary>
    public IReadOnlyList<PipelineState> Look(AccountScope scope)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Forget(now);
            return
            [
                .. _groups.Where(each => each.Key.Scope == scope).Select(each => each.Value.Look(now, Silence))
                    .OrderBy(each => each.Key.Pipeline, StringComparer.Ordinal).ThenBy(each => each.Key.Group, StringComparer.Ordinal).ThenBy(each => each.Key.SourceStream, StringComparer.Ordinal),
            ];
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, group) in _groups)
        {
            if (now - group.LastAt > Memory)
                _groups.Remove(key);
        }
    }
}
