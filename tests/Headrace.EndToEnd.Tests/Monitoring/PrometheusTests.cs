using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Monitoring;

/// <summary>Debian's Prometheus scrapes a server and is asked what it found.</summary>
public sealed class PrometheusTests
{
    private const int Puts = 37;

    [Fact]
    public async Task It_counts_as_many_records_as_were_put()
    {
        await using var server = await ServerProcess.StartAsync();
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync("scraped", 2);
        for (var i = 0; i < Puts; i++)
            await kinesis.PutRecordAsync("scraped", i.ToString(CultureInfo.InvariantCulture), [1, 2, 3]);

        using var folder = new TemporaryFolder();
        var port = ServerPorts.Next();
        await File.WriteAllTextAsync(folder.At("prometheus.yml"), $"""
            scrape_configs:
              - job_name: headrace
                scrape_interval: 1s
                static_configs:
                  - targets: ["{server.Endpoint.Authority}"]
            """);
        await using var prometheus = Start(folder, port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        double? found = null;
        await Deadline.UntilAsync(async () => (found = await QueryAsync(http, """kinesis_IncomingRecords_total{StreamName="scraped"}""")) is not null, $"an answer of {prometheus}");
        found.ShouldBe(Puts);
        (await QueryAsync(http, """up{job="headrace"}""")).ShouldBe(1);
        (await QueryAsync(http, """histogram_quantile(0.99, sum by (le) (kinesis_PutRecord_Latency_milliseconds_bucket{StreamName="scraped"}))"""))!.Value.ShouldBeGreaterThan(0);
    }

    private static RunningProcess Start(TemporaryFolder folder, int port)
    {
        var start = new ProcessStartInfo(
            "/usr/bin/prometheus",
            [$"--config.file={folder.At("prometheus.yml")}", $"--storage.tsdb.path={folder.At("found")}", $"--web.listen-address=127.0.0.1:{port}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        CleanEnvironment.Apply(start, new Dictionary<string, string>());
        return RunningProcess.Start(start);
    }

    /// <summary>A query's one value; null while there is none, or nobody answers yet.</summary>
    private static async Task<double?> QueryAsync(HttpClient http, string query)
    {
        try
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}"));
            var values = answer.RootElement.GetProperty("data").GetProperty("result");
            return values.GetArrayLength() == 0 ? null : double.Parse(values[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
