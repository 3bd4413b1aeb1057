using System.Net;
using System.Text;
using System.Text.Json;
using Headrace.Client;
using Headrace.Server;
using Headrace.Server.Hosting;

namespace Headrace.Pipelines.Tests;

/// <summary>Runs the ETL against a server of its own.</summary>
public sealed class EtlRunnerTests : IAsyncLifetime
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "headrace-etl-" + Guid.NewGuid().ToString("N"));
    private HeadraceServer _server = null!;
    private KinesisClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await HeadraceServer.StartAsync(new ServerOptions
        {
            DataDirectory = Path.Combine(_directory, "data"),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            StateDelay = TimeSpan.Zero,
        });
        _client = new KinesisClient(new ClientOptions { EndpointUrl = _server.Endpoint });
        foreach (var (stream, shards) in new[] { ("source", 2), ("usa", 2), ("int", 1) })
            await CreateAsync(stream, shards);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Every_record_is_routed_once_or_becomes_a_dead_letter_and_a_restart_repeats_none()
    {
        var sessions = await ProduceAsync(400);
        await _client.PutRecordAsync("source", "no json"u8.ToArray(), "bad-1");
        await _client.PutRecordAsync("source", "{\"session_id\":\"x\"}"u8.ToArray(), "bad-2");

        // In three runs, the first two cut short.
        (await RunAsync(Options() with { Limit = 150 })).Read.ShouldBe(150);
        (await RunAsync(Options() with { Limit = 1 })).Read.ShouldBe(1);
        var last = await RunAsync(Options());
        (await RunAsync(Options())).Read.ShouldBe(0);

        last.Read.ShouldBe(402 - 151);
        var transform = new UserSessionTransform(TimeProvider.System);
        var expected = sessions.ToLookup(s => CountryRouter.Route(transform.Transform(s.Json).Country), s => s.SessionId);
        var usa = await ReadAsync("usa");
        usa.Select(r => r.PartitionKey).Order().ShouldBe(expected["USA"].Order());
        (await ReadAsync("int")).Select(r => r.PartitionKey).Order().ShouldBe(expected["International"].Order());
        Encoding.UTF8.GetString(usa[0].Data.Span).ShouldContain("\"overall_product_quantity\":");

        var letters = (await File.ReadAllLinesAsync(DeadLetterPath)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        letters.Select(l => l.GetProperty("partitionKey").GetString()).Order().ShouldBe(["bad-1", "bad-2"]);
        var letter = letters.Single(l => l.GetProperty("partitionKey").GetString() == "bad-1");
        letter.GetProperty("dataBase64").GetBytesFromBase64().ShouldBe("no json"u8.ToArray());
        letter.GetProperty("reason").GetString()!.ShouldStartWith("not JSON");
        letter.GetProperty("stage").GetString().ShouldBe("transform");
        letter.GetProperty("sourceStream").GetString().ShouldBe("source");
        (await ReadAsync("source")).ShouldContain(r => r.SequenceNumber == letter.GetProperty("sequenceNumber").GetString()
            && r.ShardId == letter.GetProperty("shardId").GetString());
    }

    [Fact]
    public async Task A_missing_destination_ends_the_run_and_loses_nothing()
    {
        var sessions = await ProduceAsync(50);
        await _client.DeleteStreamAsync("int");
        await Should.ThrowAsync<KinesisException>(async () =>
        {
            for (var deadline = DateTime.UtcNow.AddSeconds(10); DateTime.UtcNow < deadline;)
                await _client.DescribeStreamSummaryAsync("int");
        });

        (await Should.ThrowAsync<KinesisException>(() => RunAsync(Options()))).ErrorType.ShouldBe("ResourceNotFoundException");
        File.Exists(DeadLetterPath).ShouldBeFalse();

        await CreateAsync("int", 1);
        await RunAsync(Options());
        (await ReadAsync("usa")).Concat(await ReadAsync("int")).Select(r => r.PartitionKey).Distinct().Order()
            .ShouldBe(sessions.Select(s => s.SessionId).Order());
    }

    [Fact]
    public async Task Dead_letters_can_go_to_a_stream()
    {
        await CreateAsync("dead", 1);
        await _client.PutRecordAsync("source", "[]"u8.ToArray(), "bad");

        var done = await RunAsync(Options() with { DeadLetter = "stream:dead" });

        done.DeadLettered.ShouldBe(1);
        var letter = (await ReadAsync("dead")).ShouldHaveSingleItem();
        letter.PartitionKey.ShouldBe("bad");
        Encoding.UTF8.GetString(letter.Data.Span).ShouldContain("a session is an object, not an array");
    }

    [Fact]
    public async Task A_following_run_takes_what_comes_and_ends_when_cancelled_with_its_progress_saved()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var routed = new TaskCompletionSource();
        var progress = new Reports(p =>
        {
            if (p.Routed.Values.Sum() == 20)
                routed.TrySetResult();
        });
        var running = new EtlRunner(_client, Options() with { Follow = true }).RunAsync(progress, cancellation.Token);
        await ProduceAsync(20);
        await routed.Task.WaitAsync(cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await RunAsync(Options())).Read.ShouldBe(0);
    }

    private string DeadLetterPath => Path.Combine(_directory, "dead", "letters.ndjson");

    private EtlOptions Options() => new()
    {
        SourceStream = "source",
        Destinations = new Dictionary<string, string> { ["USA"] = "usa", ["International"] = "int" },
        DeadLetter = DeadLetterPath,
        Checkpoints = new FileCheckpointStore(Path.Combine(_directory, "checkpoints.json")),
        Follow = false,
    };

    private Task<EtlProgress> RunAsync(EtlOptions options) => new EtlRunner(_client, options).RunAsync();

    private async Task CreateAsync(string stream, int shards)
    {
        await _client.CreateStreamAsync(stream, shards);
        await _client.WaitUntilActiveAsync(stream);
    }

    private async Task<List<UserSession>> ProduceAsync(int count)
    {
        var generator = new UserSessionGenerator(5);
        var sessions = Enumerable.Range(0, count).Select(_ => generator.Next()).ToList();
        await using var producer = new Producer(_client, "source");
        var written = new List<Task>();
        foreach (var session in sessions)
            written.Add(await producer.EnqueueAsync(session.Json, session.SessionId));
        await Task.WhenAll(written);
        return sessions;
    }

    private async Task<List<ConsumedRecord>> ReadAsync(string stream)
    {
        var records = new List<ConsumedRecord>();
        await foreach (var record in new Consumer(_client, stream, new ConsumerOptions { Follow = false }).ReadAsync())
            records.Add(record);
        return records;
    }

    private sealed class Reports(Action<EtlProgress> take) : IProgress<EtlProgress>
    {
        public void Report(EtlProgress value) => take(value);
    }
}
