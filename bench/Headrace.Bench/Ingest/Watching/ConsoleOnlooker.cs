using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Headrace.Bench.Ingest.Watching;

/// <summary>An open page of the console: its stream of events, which must go on each second, and what it asks besides.</summary>
internal sealed class ConsoleOnlooker : IOnlooker
{
    /// <summary>How long a page may stand still: an event that is due each second may come late by as much.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2);

    /// <summary>How often a stream's page asks for its shards.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(3);

    public string Name => "with console";

    public async Task WatchAsync(Uri server, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server, "/console/api/"), Timeout = Timeout.InfiniteTimeSpan };
        var asking = AskAsync(http, stop);
        var since = Stopwatch.StartNew();
        var (last, gap, events, records) = (TimeSpan.Zero, TimeSpan.Zero, 0, 0L);
        try
        {
            await using var body = await http.GetStreamAsync(new Uri("events", UriKind.Relative), stop);
            await foreach (var item in SseParser.Create(body, static (_, data) => RecordsOf(data)).EnumerateAsync(stop))
            {
                gap = Max(gap, since.Elapsed - last);
                (last, events, records) = (since.Elapsed, events + 1, item.Data);
            }
            throw new BenchmarkException("the console's events ended while the server was loaded");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            gap = Max(gap, since.Elapsed - last);
        }
        await asking;
        // The first comes at once, and the second that was begun last may not have ended.
        if (events < (int)since.Elapsed.TotalSeconds || gap > LongestGap || records == 0)
            throw new BenchmarkException(string.Create(
                CultureInfo.InvariantCulture, $"the console was told {events} times in {since.Elapsed.TotalSeconds:0.0} s, with a gap of {gap.TotalSeconds:0.00} s, and last of {records} records"));
    }

    private static async Task AskAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await http.GetByteArrayAsync(new Uri($"streams/{IngestSettings.StreamName}", UriKind.Relative), stop);
                await Task.Delay(AskEvery, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The load has ended.
        }
    }

    /// <summary>How many records the stream has taken, by what the page is told.</summary>
    private static long RecordsOf(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        using var overview = JsonDocument.ParseValue(ref reader);
        return overview.RootElement.GetProperty("streams").EnumerateArray().Sum(stream => stream.GetProperty("records").GetInt64());
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
