namespace Headrace.Delivery.Compaction;

/// <summary>Which of a group's objects become one.</summary>
internal static class MergePlan
{
    /// <summary>In one merged object: they all leave in one transaction, for which others' writes wait.</summary>
    public const int MaxObjects = 2_000;

    /// <summary>An object that nothing came to join for so long after its time is left alone.</summary>
    public static readonly TimeSpan Lonely = TimeSpan.FromDays(1);

    public static bool IsLonely(SmallObject small, CompactionSettings settings, DateTimeOffset now) => small.DeliveredAt + settings.After + Lonely <= now;

    /// <summary>The objects of the next merged one, in their order.</summary>
    /// <param name="waiting">The group's objects in the order of their delivery, all small.</param>
    /// <param name="settings">The rules.</param>
    /// <param name="now">The time.</param>
    /// <returns>None where they are to wait on; a lone one where nothing came to join it.</returns>
    public static IReadOnlyList<SmallObject> Of(IReadOnlyList<SmallObject> waiting, CompactionSettings settings, DateTimeOffset now)
    {
        long bytes = 0;
        var count = 0;
        while (count < waiting.Count && count < MaxObjects && bytes + waiting[count].Bytes <= settings.TargetBytes)
            bytes += waiting[count++].Bytes;
        var isFull = count < waiting.Count || count == MaxObjects || bytes == settings.TargetBytes;
        var isOld = waiting.Count > 0 && waiting.Min(small => small.DeliveredAt) + settings.After <= now;
        return isFull || isOld ? [.. waiting.Take(count)] : [];
    }
}
