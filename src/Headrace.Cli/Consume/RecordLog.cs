using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Consume;

/// <summary>Writes records to standard output as they come: many at once while there are many, at once when the stream is quiet. Not thread-safe.</summary>
internal sealed class RecordLog(LineOutput output, OutputFormat format)
{
    /// <summary>Records written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Writes until the records or <paramref name="limit"/> are reached, or the user ends it; either way everything is flushed.</summary>
    /// <param name="records">What to write.</param>
    /// <param name="limit">Ends after so many; null: never.</param>
    /// <param name="wrote">Told of each record before the next is asked for.</param>
    /// <param name="cancellation">The end that the user asks for.</param>
    public async Task WriteAllAsync(IAsyncEnumerable<ConsumedRecord> records, long? limit, Action<ConsumedRecord>? wrote, CancellationToken cancellation)
    {
        var reader = records.GetAsyncEnumerator(cancellation);
        try
        {
            while (limit is null || Count < limit)
            {
                var next = reader.MoveNextAsync();
                if (!next.IsCompleted)
                    output.Flush();
                if (!await next)
                    break;
                Write(reader.Current);
                wrote?.Invoke(reader.Current);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end that the user asked for; what was read is still written.
        }
        finally
        {
            await reader.DisposeAsync();
        }
        output.Flush();
    }

    private void Write(ConsumedRecord record)
    {
        if (format == OutputFormat.Json)
            output.WriteJson(record, ConsumedRecordFormat.WriteJson);
        else
            output.WriteLine(record, ConsumedRecordFormat.WriteText);
        Count++;
    }
}
