using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Headrace.Client;

namespace Headrace.Pipelines.Tests;

/// <summary>What a run tells the server of itself, and that nobody who doesn't listen holds it up.</summary>
public sealed class PipelineReporterTests
{
    private static readonly PipelineProgress Some = new(7, 6, 1, new Dictionary<string, long> { ["USA"] = 4, ["International"] = 2 }, 0, 1_200, TimeSpan.FromSeconds(2));

    [Fact]
    public async Task A_headrace_server_knows_of_the_run_while_it_lasts()
    {
        await using var server = await PipelineServer.StartAsync();
        var further = new Heard();
        await using (var reporter = PipelineReporter.Start(Options(server.Client.Endpoint), Plan(), further))
        {
            reporter.Report(Some);
            further.Last.ShouldBe(Some);
            var told = await Eventually(async () => await OverviewAsync(server) is [var only] && only.GetProperty("read").GetInt64() == 7 ? only : default);
            told.GetProperty("millisBehindLatest").GetInt64().ShouldBe(1_200);
            told.GetProperty("deadLetters").GetString().ShouldBe("stream:dead");
            told.GetProperty("routes").EnumerateArray().Select(route => (route.GetProperty("stream").GetString(), route.GetProperty("records").GetInt64())).ShouldBe([("usa", 4), ("int", 2)]);
            told.GetProperty("workers").GetArrayLength().ShouldBe(1);
            reporter.Report(Some with { Read = 9 });
        }
        var ended = (await OverviewAsync(server)).ShouldHaveSingleItem();
        ended.GetProperty("workers").GetArrayLength().ShouldBe(0);
        ended.GetProperty("read").GetInt64().ShouldBe(9);
    }

    [Fact]
    public void AWS_is_told_nothing() =>
        PipelineReporter.Start(new ClientOptions { Aws = true, Region = "us-east-1" }, Plan()).Tells.ShouldBeFalse();

    [Fact]
    public async Task A_server_that_does_not_know_the_operation_is_asked_once()
    {
        using var other = new OtherServer(answer: "HTTP/1.1 400 Bad Request\r\nContent-Length: 38\r\n\r\n{\"__type\":\"UnknownOperationException\"}");
        await using (var reporter = PipelineReporter.Start(Options(other.Address), Plan()))
            await Eventually(() => Task.FromResult(reporter.Tells ? default(object) : reporter));
        other.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_waits_for_a_server_that_does_not_answer()
    {
        using var silent = new OtherServer(answer: null);
        var reporter = PipelineReporter.Start(Options(silent.Address), Plan());
        await Eventually(() => Task.FromResult(silent.Requests > 0 ? silent : null));
        reporter.Report(Some);
        // The call's own limit is five seconds; its end is not waited for.
        await reporter.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nobody_listening_is_no_failure()
    {
        await using var reporter = PipelineReporter.Start(Options(new Uri("http://127.0.0.1:1")), Plan());
        reporter.Report(Some);
        reporter.Tells.ShouldBeTrue();
    }

    private static ClientOptions Options(Uri endpoint) => new() { EndpointUrl = endpoint, Region = "us-east-1" };

    private static PipelinePlan Plan() => SessionPipeline.Create(new PipelineSource("source") { Group = "etl" }, "usa", "int", "stream:dead");

    private static async Task<JsonElement[]> OverviewAsync(PipelineServer server)
    {
        using var http = new HttpClient();
        using var overview = JsonDocument.Parse(await http.GetStringAsync(new Uri(server.Client.Endpoint, "console/api/overview"), TestContext.Current.CancellationToken));
        return [.. overview.RootElement.GetProperty("pipelines").EnumerateArray().Select(each => each.Clone())];
    }

    private static async Task<T> Eventually<T>(Func<Task<T?>> look)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await look() is { } found && !found.Equals(default(T)))
                return found;
            await Task.Delay(20, patience.Token);
        }
    }

    private sealed class Heard : IProgress<PipelineProgress>
    {
        public PipelineProgress? Last { get; private set; }

        public void Report(PipelineProgress value) => Last = value;
    }

    /// <summary>Takes requests and answers each with the same bytes, or never.</summary>
    private sealed class OtherServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _clients = [];
        private int _requests;

        public OtherServer(string? answer)
        {
            _listener.Start();
            _ = AcceptAsync(answer);
        }

        public Uri Address => new($"http://{_listener.LocalEndpoint}");

        public int Requests => Volatile.Read(ref _requests);

        public void Dispose()
        {
            _listener.Stop();
            foreach (var client in _clients)
                client.Dispose();
        }

        private async Task AcceptAsync(string? answer)
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync();
                    _clients.Add(client);
                    _ = ServeAsync(client.GetStream(), answer);
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(NetworkStream stream, string? answer)
        {
            try
            {
                var buffer = new byte[64 * 1024];
                // The head and the body may come apart; a request begins with its method.
                while (await stream.ReadAsync(buffer) is > 0 and var read)
                {
                    if (!Encoding.ASCII.GetString(buffer, 0, read).StartsWith("POST ", StringComparison.Ordinal))
                        continue;
                    Interlocked.Increment(ref _requests);
                    if (answer is not null)
                        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
                }
            }
            catch (Exception end) when (end is IOException or ObjectDisposedException)
            {
                // The client has gone.
            }
        }
    }
}
