using Headrace.ShardLog;
using Headrace.Streams.Limits;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Producers;

/// <summary>
/// How much of a numbered put is taken: its records up to the first one that is refused. What follows that one is refused with it, since
/// a lower number that came after a higher one would be dropped; and so are the ones before it that share its number.
/// </summary>
/// <param name="refused">Records that are refused whatever their shards say; null: none.</param>
/// <param name="shares">What the shards take; null: everything.</param>
internal sealed class PutAdmission(RefusedRecords? refused, StreamShares? shares)
{
    /// <summary>Finds where the records that are taken end.</summary>
    /// <param name="batch">The records, routed.</param>
    /// <param name="put">Their numbers.</param>
    /// <param name="from">The first that has a new number.</param>
    /// <returns>Behind the last one that is taken; and those that are refused, null when none is.</returns>
    public (int End, RefusedRecords? Refused) Of(RecordBatch batch, NumberedPut put, int from)
    {
        for (var i = from; i < batch.Count; i++)
        {
            var reason = ReasonAgainst(batch, i);
            if (reason != RecordRefusal.None)
                return Until(batch, put, from, i, reason);
        }
        return (batch.Count, null);
    }

    private RecordRefusal ReasonAgainst(RecordBatch batch, int record)
    {
        if (refused is not null && refused[record] != RecordRefusal.None)
            return refused[record];
        return shares is null || shares.Takes(batch, record) ? RecordRefusal.None : RecordRefusal.ThroughputExceeded;
    }

    private static (int End, RefusedRecords Refused) Until(RecordBatch batch, NumberedPut put, int from, int record, RecordRefusal reason)
    {
        var end = record;
        while (end > from && put.NumberOf(end - 1) == put.NumberOf(record))
            end--;
        var rest = new RefusedRecords(batch.Count);
        for (var i = end; i < batch.Count; i++)
            rest.Refuse(i, reason);
        return (end, rest);
    }
}
