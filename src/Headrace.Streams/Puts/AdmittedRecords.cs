using Headrace.ShardLog;
using Headrace.Streams.Invocations;

namespace Headrace.Streams.Puts;

/// <summary>
/// Appends the records of a put that are not refused, as a batch of their own. Whoever gets here was refused something, so it need not
/// be quick.
/// </summary>
internal static class AdmittedRecords
{
    /// <summary>Appends; the whole batch then knows the places of those that were taken.</summary>
    /// <param name="log">The stream's log.</param>
    /// <param name="all">All records of the put, routed.</param>
    /// <param name="refused">Which of them to leave out.</param>
    /// <param name="callId">The client's call, to leave a note of.</param>
    /// <returns>What the note says; empty without one.</returns>
    /// <exception cref="LogUnavailableException">Nothing was made durable.</exception>
    public static async ValueTask<ShardRun[]> AppendAsync(IShardLog log, RecordBatch all, RefusedRecords refused, Guid? callId)
    {
        using var admitted = new RecordBatch();
        for (var i = 0; i < all.Count; i++)
        {
            if (refused[i] == RecordRefusal.None)
                admitted.Add(all.ShardOf(i), all.KeyOf(i), all.DataOf(i));
        }
        if (callId is { } id)
            InvocationNote.AddTo(admitted, id, refused, all.Count);
        await log.AppendAsync(admitted);
        GivePlaces(all, admitted, refused);
        return callId is null ? [] : ShardRun.Read(admitted.DataOf(admitted.Count - 1));
    }

    private static void GivePlaces(RecordBatch all, RecordBatch admitted, RefusedRecords refused)
    {
        all.ArrivalUnixMs = admitted.ArrivalUnixMs;
        for (int i = 0, next = 0; i < all.Count; i++)
        {
            if (refused[i] == RecordRefusal.None)
                all.SetPlace(i, admitted.ShardOf(next), admitted.PositionOf(next++));
        }
    }
}
