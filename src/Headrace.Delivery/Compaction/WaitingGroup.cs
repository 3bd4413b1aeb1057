namespace Headrace.Delivery.Compaction;

/// <summary>A group that has objects, as the compactor remembers it; the tables know for certain. Its <see cref="WaitingGroups"/> guards it.</summary>
internal sealed class WaitingGroup(DeliveryStream stream, ObjectGroup group)
{
    public DeliveryStream Stream => stream;

    public ObjectGroup Group => group;

    public GroupTotals Totals { get; set; }

    /// <summary>Grows with what comes.</summary>
    public long Revision { get; set; }

    /// <summary>A merge that failed is not tried again before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    public RetryDelay Retry { get; } = new();

    /// <summary>When something is to be done; null for never.</summary>
    public DateTimeOffset? DueAt
    {
        get
        {
            if (stream.Compaction is not { } settings || Totals.Objects == 0)
                return null;
            var due = Totals.Objects == 1 ? Totals.Oldest + settings.After + MergePlan.Lonely
                : IsFull(settings) ? DateTimeOffset.MinValue
                : Totals.Oldest + settings.After;
            return due > NotBefore ? due : NotBefore;
        }
    }

    private bool IsFull(CompactionSettings settings) => Totals.Bytes >= settings.TargetBytes || Totals.Objects >= MergePlan.MaxObjects;
}
