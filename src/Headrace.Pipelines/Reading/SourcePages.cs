using System.Runtime.CompilerServices;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Gathers a consumer's records into pages, so that what is done once for a page is not done for each record.</summary>
internal static class SourcePages
{
    /// <summary>Of a page.</summary>
    public const int MaxRecords = 2_000;

    /// <summary>A page ends with its shard, when it is full, and when nothing more is there at once.</summary>
    public static async IAsyncEnumerable<SourcePage> ReadAsync(
        IAsyncEnumerable<ConsumedRecord> records, long? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = records.GetAsyncEnumerator(cancellationToken);
        var page = new List<ConsumedRecord>();
        var left = limit ?? long.MaxValue;
        while (left > 0)
        {
            var next = source.MoveNextAsync();
            if (!next.IsCompleted && page.Count > 0)
            {
                yield return new SourcePage(page[0].ShardId, page);
                page = [];
            }
            if (!await next)
                break;
            var record = source.Current;
            if (page.Count == MaxRecords || (page.Count > 0 && page[0].ShardId != record.ShardId))
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
}
