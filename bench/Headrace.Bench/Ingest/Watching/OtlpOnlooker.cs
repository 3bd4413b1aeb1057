using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Headrace.Bench.Ingest.Watching;

/// <summary>An OpenTelemetry collector that takes a server's metrics each second and keeps nothing. One owner disposes it.</summary>
internal sealed class OtlpOnlooker : IOnlooker, IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
    private readonly byte[] _name = Encoding.UTF8.GetBytes("IncomingRecords");
    private int _received;

    public OtlpOnlooker()
    {
        _listener.Prefixes.Add($"{_address}/");
        _listener.Start();
        _ = ReceiveAsync();
    }

    public string Name => "with OTLP";

    /// <summary>What has a server send its metrics here.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        ["OTEL_TRACES_EXPORTER"] = "none",
    };

    public async Task WatchAsync(Uri server, CancellationToken stop)
    {
        var before = Volatile.Read(ref _received);
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (Volatile.Read(ref _received) == before)
            throw new BenchmarkException("no metrics came by OTLP while the server was loaded");
    }

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf(_name) >= 0)
                    Interlocked.Increment(ref _received);
                context.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the run is over.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
