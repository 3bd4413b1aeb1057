using System.Diagnostics;
using System.Globalization;

namespace Headrace.Bench.Etl;

/// <summary>Watches from outside, by the server's own metrics, how fast streams fill: the same way for whoever fills them.</summary>
internal sealed class StreamCounts(Uri endpoint, IReadOnlyList<string> streams) : IDisposable
{
    private const string Metric = "kinesis_IncomingRecords_total{";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http = new() { BaseAddress = endpoint };

    /// <summary>Records/s from when the first are seen to when all are, so that a program's start does not count.</summary>
    /// <param name="records">How many are put.</param>
    /// <param name="putAsync">Has them put.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BenchmarkException">Others than so many were put.</exception>
    public async Task<double> RateAsync(int records, Func<CancellationToken, Task> putAsync, CancellationToken cancellation)
    {
        var before = await CountAsync(cancellation);
        var putting = putAsync(cancellation);
        long first = 0, seen = 0;
        var since = 0L;
        while (seen < records)
        {
            if (putting.IsCompleted && await CountAsync(cancellation) - before < records)
            {
                await putting;
                throw new BenchmarkException($"the program has ended, and of {records:N0} records {seen:N0} are there");
            }
            seen = await CountAsync(cancellation) - before;
            if (first == 0 && seen > 0)
                (first, since) = (seen, Stopwatch.GetTimestamp());
            if (seen < records)
                await Task.Delay(Poll, cancellation);
        }
        var elapsed = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await putting;
        var put = await CountAsync(cancellation) - before;
        return put == records ? (records - first) / elapsed : throw new BenchmarkException($"{put:N0} records were put in place of {records:N0}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<long> CountAsync(CancellationToken cancellation)
    {
        var metrics = await _http.GetStringAsync("/metrics", cancellation);
        return metrics.Split('\n').Where(line => line.StartsWith(Metric, StringComparison.Ordinal) && streams.Any(stream => line.Contains($"\"{stream}\"", StringComparison.Ordinal)))
            .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
