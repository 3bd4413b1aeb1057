namespace Headrace.Bench.Ingest.Watching;

/// <summary>Prometheus, as often as it may be set: a scrape each second.</summary>
internal sealed class ScrapeOnlooker : IOnlooker
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public string Name => "scraped";

    public async Task WatchAsync(Uri server, CancellationToken stop)
    {
        using var http = new HttpClient();
        var isCounted = false;
        try
        {
            while (true)
            {
                var text = await http.GetStringAsync(new Uri(server, "/metrics"), stop);
                isCounted |= text.Contains($"StreamName=\"{IngestSettings.StreamName}\"", StringComparison.Ordinal);
                await Task.Delay(Every, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The load has ended.
        }
        if (!isCounted)
            throw new BenchmarkException("no scrape told of the stream that was loaded");
    }
}
