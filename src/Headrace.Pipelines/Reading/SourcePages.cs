using System.Runtime.CompilerServices;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Gathers a consumer's records into pages, so that what is done once for a page is not done for each record.</summary>
internal static class SourcePages
{
    /// <summary>Of a page.</summary>
    public const int MaxRecords = 2_000;

    /// <summary>
    /// Where a page may end: outputs are numbered by the place of a record in its shard, and those of an aggregate's records in the order
    /// in which they come out of it, so it is worked on whole.
    /// </summary>
    /// <param name="records">Records of one shard, in order; an aggregate's are all there.</param>
    /// <param name="end">Behind the last record that has to be in the page.</param>
    public static int EndOfAggregate(IReadOnlyList<ConsumedRecord> records, int end)
    {
        while (end > 0 && end < records.Count && records[end].SequenceNumber == records[end - 1].SequenceNumber)
            end++;
        return end;
    }

    /// <summary>A page ends with its shard, when it is full, and when nothing more is there at once; but never inside of an aggregate.</summary>
    public static async IAsyncEnumerable<SourcePage> ReadAsync(
        IAsyncEnumerable<ConsumedRecord> records, long? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = records.GetAsyncEnumerator(cancellationToken);
        var page = new List<ConsumedRecord>();
        var left = limit ?? long.MaxValue;
        while (left > 0 || IsInsideAggregate(page))
        {
            var next = source.MoveNextAsync();
            if (!next.IsCompleted && page.Count > 0 && !IsInsideAggregate(page))
            {
                yield return new SourcePage(page[0].ShardId, page);
                page = [];
            }
            if (!await next)
                break;
            var record = source.Current;
            if ((page.Count >= MaxRecords && !IsInsideAggregate(page)) || (page.Count > 0 && page[0].ShardId != record.ShardId))
            {
                yield return new SourcePage(page[0].ShardId, page);
                page = [];
            }
            page.Add(record);
            left--;
        }
        if (page.Count > 0)
            yield return new SourcePage(page[0].ShardId, page);
    }

    /// <summary>More records of the last one's aggregate follow.</summary>
    private static bool IsInsideAggregate(List<ConsumedRecord> page) => page.Count > 0 && page[^1].Checkpoint != page[^1].SequenceNumber;
}
