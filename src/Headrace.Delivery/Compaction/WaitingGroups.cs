namespace Headrace.Delivery.Compaction;

/// <summary>All groups that have objects, and which one is due next. Thread-safe.</summary>
internal sealed class WaitingGroups
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long Stream, string Group), WaitingGroup> _groups = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when something changes next.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    public void Add(DeliveryStream stream, string group, GroupTotals totals)
    {
        lock (_lock)
            _groups[(stream.Id, group)] = new WaitingGroup(stream, ObjectGroup.Read(group)) { Totals = totals };
        Wake();
    }

    public void Add(DeliveryStream stream, IReadOnlyList<SmallObject> objects)
    {
        lock (_lock)
        {
            foreach (var small in objects)
            {
                if (!_groups.TryGetValue((stream.Id, small.Group.Text), out var waiting))
                    _groups[(stream.Id, small.Group.Text)] = waiting = new WaitingGroup(stream, small.Group);
                waiting.Totals = waiting.Totals.With(small);
                waiting.Revision++;
            }
        }
        Wake();
    }

    public void Remove(DeliveryStream stream)
    {
        lock (_lock)
        {
            foreach (var key in _groups.Keys.Where(key => key.Stream == stream.Id).ToList())
                _groups.Remove(key);
        }
    }

    /// <summary>The group that is due first, and when; null where none ever is.</summary>
    public (WaitingGroup Group, DateTimeOffset At)? Next()
    {
        lock (_lock)
        {
            (WaitingGroup Group, DateTimeOffset At)? next = null;
            foreach (var group in _groups.Values)
            {
                if (group.DueAt is { } at && (next is null || at < next.Value.At))
                    next = (group, at);
            }
            return next;
        }
    }

    /// <summary>Learns anew what waits in a group. What comes meanwhile may be counted twice until the next time, but is never missed.</summary>
    public void Refresh(WaitingGroup group, Func<GroupTotals> look)
    {
        while (true)
        {
            long revision;
            lock (_lock)
                revision = group.Revision;
            var totals = look();
            lock (_lock)
            {
                if (group.Revision != revision)
                    continue;
                group.Totals = totals;
                if (totals.Objects == 0 && _groups.TryGetValue((group.Stream.Id, group.Group.Text), out var known) && known == group)
                    _groups.Remove((group.Stream.Id, group.Group.Text));
                return;
            }
        }
    }

    /// <summary>Puts a group off.</summary>
    public void Delay(WaitingGroup group, DateTimeOffset until)
    {
        lock (_lock)
            group.NotBefore = until;
    }

    /// <summary>Has who waits for a change look again.</summary>
    public void Wake()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.SetResult();
    }
}
