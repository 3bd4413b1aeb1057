using System.Runtime.CompilerServices;

namespace Headrace.Pipelines;

/// <summary>Dead letters as pages to send through again: their records as they once came, with the shards they came from.</summary>
internal static class LetterPages
{
    private const int MaxRecords = 500;

    public static async IAsyncEnumerable<SourcePage> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var lines in File.ReadLinesAsync(path, cancellationToken).Chunk(MaxRecords).WithCancellation(cancellationToken))
        {
            var letters = lines.Where(line => line.Length > 0).Select(line => DeadLetter.Parse(System.Text.Encoding.UTF8.GetBytes(line)));
            foreach (var shard in letters.GroupBy(letter => letter.Record.ShardId, StringComparer.Ordinal))
                yield return new SourcePage(shard.Key, [.. shard.Select(letter => letter.Record)]);
        }
    }
}
