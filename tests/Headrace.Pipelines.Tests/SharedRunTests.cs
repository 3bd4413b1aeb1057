using System.Globalization;
using System.Text;
using System.Text.Json;
using Headrace.Client;

namespace Headrace.Pipelines.Tests;

/// <summary>Runs of one group share the source's shards, and each output is there once, whoever makes it.</summary>
public sealed class SharedRunTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A failover time that no busy machine reaches by itself.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);

    private readonly List<FileLeaseStore> _stores = [];
    private PipelineServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await PipelineServer.StartAsync(("source", 4), ("copies", 2));

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(store => store.Dispose());
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_second_run_takes_its_share_and_both_write_their_letters_into_one_file()
    {
        using var stop = new CancellationTokenSource();
        var first = Start("one", Store(), stop.Token, failover: Calm);
        await SharesAsync(("one", 4));
        await ProduceAsync(0, 200);
        await ArriveAsync(200);
        var second = Start("two", Store(), stop.Token, failover: Calm);
        await SharesAsync(("one", 2), ("two", 2));
        await ProduceAsync(200, 400);
        for (var i = 0; i < 40; i++)
            await _server.Client.PutRecordAsync("source", Encoding.UTF8.GetBytes($"no json {i}"), $"bad-{i}");
        await ArriveAsync(600);
        await UntilAsync(() => Task.FromResult(File.Exists(Letters) && File.ReadAllLines(Letters).Length == 40), "all letters are written");

        await stop.CancelAsync();
        var done = await Task.WhenAll(EndAsync(first.Running), EndAsync(second.Running));

        done.ShouldBe([true, true]);
        (first.Latest.Read + second.Latest.Read).ShouldBe(640);
        second.Latest.Read.ShouldBeGreaterThan(0);
        (first.Latest.Repeated, second.Latest.Repeated).ShouldBe((0, 0));
        await ShouldHoldAsync(600);
        File.ReadAllLines(Letters).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("partitionKey").GetString()).Order()
            .ShouldBe(Enumerable.Range(0, 40).Select(i => $"bad-{i}").Order());
        (await Store().ListAsync()).ShouldAllBe(lease => lease.Owner == null);
    }

    [Fact]
    public async Task What_a_run_that_lost_its_leases_still_puts_is_dropped()
    {
        using var stop = new CancellationTokenSource();
        using var cut = new CutLeaseStore(Store());
        var zombie = Start("zombie", cut, stop.Token);
        await SharesAsync(("zombie", 4));
        await ProduceAsync(0, 200);
        await ArriveAsync(200);
        // It cannot save any more how far it came, nor show that it lives, but it goes on until its leases have run out.
        cut.IsCut = true;
        await ProduceAsync(200, 200);
        await ArriveAsync(400);
        var heir = Start("heir", Store(), stop.Token);
        await SharesAsync(("heir", 4));
        await ProduceAsync(400, 200);
        await ArriveAsync(600);
        await UntilAsync(() => Task.FromResult(heir.Latest.Repeated > 0), "the heir has met what the zombie put and did not save");

        await stop.CancelAsync();
        await Task.WhenAll(EndAsync(zombie.Running), EndAsync(heir.Running));

        await ShouldHoldAsync(600);
    }

    [Fact]
    public async Task A_run_that_has_a_shard_again_goes_on_with_its_letters()
    {
        await _server.CreateAsync("dead", 1);
        using var stop = new CancellationTokenSource();
        using var cut = new CutLeaseStore(Store());
        var run = Start("one", cut, stop.Token, "stream:dead");
        await SharesAsync(("one", 4));
        cut.IsCut = true;
        for (var i = 0; i < 20; i++)
            await _server.Client.PutRecordAsync("source", Encoding.UTF8.GetBytes($"no json {i}"), $"bad-{i}");
        await UntilAsync(async () => (await _server.ReadAsync("dead")).Count == 20, "the letters are there");
        // None of it was saved, and now the leases are gone.
        await UntilAsync(() => Task.FromResult(run.Lost > 0), "it has lost its shards");
        cut.IsCut = false;
        await SharesAsync(("one", 4));
        await _server.Client.PutRecordAsync("source", "no json"u8.ToArray(), "bad-20");
        await UntilAsync(async () => (await _server.ReadAsync("dead")).Count >= 21, "one more letter is there");
        await stop.CancelAsync();
        await EndAsync(run.Running);

        (await _server.ReadAsync("dead")).Select(letter => letter.PartitionKey).Order().ShouldBe(Enumerable.Range(0, 21).Select(i => $"bad-{i}").Order());
    }

    [Fact]
    public async Task Children_follow_their_parents_from_one_run_to_the_other()
    {
        using var stop = new CancellationTokenSource();
        var first = Start("one", Store(), stop.Token, failover: Calm);
        var second = Start("two", Store(), stop.Token, failover: Calm);
        await ProduceAsync(0, 300);
        await ReshardAsync(7);
        await ProduceAsync(300, 300);
        await ReshardAsync(4);
        await ProduceAsync(600, 300);
        await ArriveAsync(900);
        await stop.CancelAsync();
        await Task.WhenAll(EndAsync(first.Running), EndAsync(second.Running));

        await ShouldHoldAsync(900);
        (first.Latest.Read + second.Latest.Read).ShouldBe(900);
    }

    [Fact]
    public async Task A_run_with_an_end_or_a_limit_goes_on_where_the_last_one_stopped()
    {
        await ProduceAsync(0, 300);
        (await RunAsync(limit: 100)).Read.ShouldBe(100);
        await ReshardAsync(2);
        (await RunAsync(limit: 1)).Read.ShouldBe(1);
        var last = await RunAsync(limit: null);
        (await RunAsync(limit: null)).Read.ShouldBe(0);

        (last.Read, last.Repeated).ShouldBe((199, 0));
        await ShouldHoldAsync(300);
    }

    [Fact]
    public async Task Progress_of_a_run_that_shared_nothing_is_gone_on_from()
    {
        await ProduceAsync(0, 50);
        await new PipelineRunner(_server.Client, Plan(), new PipelineRunOptions { Checkpoints = new FileCheckpointStore(_server.At("leases.json")), Follow = false }).RunAsync();

        (await RunAsync(limit: null)).Read.ShouldBe(0);
    }

    [Fact]
    public async Task Records_that_came_in_aggregates_are_numbered_and_worked_on_one_by_one()
    {
        await using (var producer = new Producer(_server.Client, "source", new ProducerOptions { Aggregate = true }))
        {
            var written = new List<Task>();
            for (var i = 0; i < 500; i++)
                written.Add(await producer.EnqueueAsync(Record(i), Key(i)));
            for (var i = 0; i < 20; i++)
                written.Add(await producer.EnqueueAsync(Encoding.UTF8.GetBytes($"no json {i}"), $"bad-{i}"));
            await Task.WhenAll(written);
        }
        // One run that ends inside of an aggregate, one that knows nothing of it, and one that goes on.
        var limited = await RunAsync(limit: 7);
        var forgetful = await new PipelineRunner(_server.Client, Plan(), new PipelineRunOptions { Follow = false }).RunAsync();
        var last = await RunAsync(limit: null);

        (await _server.ReadAsync("source")).Count.ShouldBeLessThan(100, "they came in aggregates");
        limited.Read.ShouldBeGreaterThanOrEqualTo(7);
        (forgetful.Read, last.Read).ShouldBe((520, 520 - limited.Read));
        await ShouldHoldAsync(500);
        var letters = File.ReadAllLines(Letters).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        letters.Select(letter => letter.GetProperty("partitionKey").GetString()).Order().ShouldBe(Enumerable.Range(0, 20).Select(i => $"bad-{i}").Order());
        letters.ShouldContain(letter => HasPlaceInAggregate(letter));
    }

    [Theory]
    [InlineData("push", 1)]
    [InlineData("poll", 0)]
    public async Task Records_are_pushed_or_polled_as_the_pipeline_says(string mode, int consumers)
    {
        using var stop = new CancellationTokenSource();
        await ProduceAsync(0, 50);
        var plan = PipelineFile.Parse($$"""
            source: { stream: source, mode: {{mode}} }
            routes: [{ to: copies }]
            destinations: { copies: { stream: copies } }
            """, "copy.yaml");
        var running = new PipelineRunner(_server.Client, plan, new PipelineRunOptions { Leases = Store() }).RunAsync(cancellationToken: stop.Token);
        await ArriveAsync(50);
        var arn = (await _server.Client.DescribeStreamSummaryAsync("source")).Arn;
        var registered = await _server.Client.ListStreamConsumersAsync(new Client.Kinesis.ListStreamConsumersRequest { StreamArn = arn });
        await stop.CancelAsync();
        await EndAsync(running);

        registered.Consumers!.Select(consumer => consumer.ConsumerName).ShouldBe(Enumerable.Repeat("etl-copy-etl", consumers));
    }

    [Fact]
    public async Task A_second_run_of_windows_over_all_shards_waits_and_goes_on_from_the_firsts_state()
    {
        var plan = PipelineFile.Parse("""
            source: { stream: source }
            steps: [{ window: { size: 1m, time: .at, aggregates: { count: count } } }]
            routes: [{ to: copies }]
            destinations: { copies: { stream: copies } }
            """, "windows.yaml");
        var options = new PipelineRunOptions { StateFile = _server.At("state.json") };
        using var firstStop = new CancellationTokenSource();
        using var secondStop = new CancellationTokenSource();
        var first = new PipelineRunner(_server.Client, plan, options).RunAsync(cancellationToken: firstStop.Token);
        // It saves beside the records that come.
        var count = 0;
        await UntilAsync(
            async () =>
            {
                await WindowedAsync(1, 1_700_000_040);
                count++;
                return File.Exists(_server.At("state.json"));
            },
            "the first has saved its state");
        var second = new PipelineRunner(_server.Client, plan, options).RunAsync(cancellationToken: secondStop.Token);
        await firstStop.CancelAsync();
        await EndAsync(first);
        await WindowedAsync(5, 1_700_000_050);
        await WindowedAsync(1, 1_700_009_999);
        await UntilAsync(async () => (await _server.TextsAsync("copies")).Count > 0, "the second closes the window");
        await secondStop.CancelAsync();
        await EndAsync(second);

        (await _server.TextsAsync("copies")).ShouldHaveSingleItem().ShouldContain($"\"count\":{count + 5}}}");
    }

    private static bool HasPlaceInAggregate(JsonElement letter) => letter.TryGetProperty("subSequenceNumber", out _);

    private string Letters => _server.At("letters.ndjson");

    private PipelinePlan Plan() => PipelineFile.Parse("""
        source: { stream: source }
        routes: [{ to: copies }]
        destinations: { copies: { stream: copies } }
        """, "copy.yaml").With(Letters, "etl");

    private static byte[] Record(int n) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{n}}}"""));

    private static string Key(int n) => string.Create(CultureInfo.InvariantCulture, $"k{n % 20}");

    private FileLeaseStore Store()
    {
        var store = new FileLeaseStore(_server.At("leases.json"));
        _stores.Add(store);
        return store;
    }

    /// <param name="name">The run's, in the leases.</param>
    /// <param name="leases">The group's.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="letters">Where its dead letters go.</param>
    /// <param name="failover">Long where each record is to be read once: on a busy machine a lease runs out by itself, and its shard is read again.</param>
    private GroupMember Start(string name, ILeaseStore leases, CancellationToken stop, string? letters = null, TimeSpan? failover = null)
    {
        var member = new GroupMember();
        member.Running = new PipelineRunner(
            _server.Client, Plan().With(letters ?? Letters, "etl"), new PipelineRunOptions { Leases = leases, WorkerId = name, FailoverTime = failover ?? TimeSpan.FromSeconds(1.5), Logger = member }).RunAsync(member, stop);
        return member;
    }

    private Task<PipelineProgress> RunAsync(long? limit) =>
        new PipelineRunner(_server.Client, Plan(), new PipelineRunOptions { Leases = Store(), Follow = false, Limit = limit, FailoverTime = TimeSpan.FromSeconds(1.5) }).RunAsync();

    /// <summary>Whether it ended as it was told.</summary>
    private static async Task<bool> EndAsync(Task running)
    {
        await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
        return true;
    }

    private Task SharesAsync(params (string Owner, int Count)[] shares) => UntilAsync(
        async () => (await Store().ListAsync()).Where(lease => !lease.IsEnded && lease.Owner is not null).GroupBy(lease => lease.Owner!).Select(owner => (owner.Key, owner.Count())).Order().SequenceEqual(shares.Order()),
        $"the shards are shared as {string.Join(", ", shares)}");

    private Task ArriveAsync(int count) => UntilAsync(async () => (await _server.TextsAsync("copies")).Count >= count, $"{count} records are there");

    private async Task ShouldHoldAsync(int count)
    {
        var copies = await _server.ReadAsync("copies");
        var numbers = copies.Select(copy => (Key: copy.PartitionKey, N: JsonDocument.Parse(copy.Data).RootElement.GetProperty("n").GetInt32())).ToList();
        numbers.Select(copy => copy.N).Order().ShouldBe(Enumerable.Range(0, count));
        foreach (var key in numbers.GroupBy(copy => copy.Key))
            key.Select(copy => copy.N).ShouldBeInOrder(SortDirection.Ascending, key.Key);
    }

    private async Task ProduceAsync(int from, int count)
    {
        await using var producer = new Producer(_server.Client, "source");
        var written = new List<Task>();
        for (var n = from; n < from + count; n++)
            written.Add(await producer.EnqueueAsync(Record(n), Key(n)));
        await Task.WhenAll(written);
    }

    private async Task WindowedAsync(int count, long at)
    {
        for (var i = 0; i < count; i++)
            await _server.Client.PutRecordAsync("source", Encoding.UTF8.GetBytes($$"""{"at":{{at}}}"""), "one");
    }

    private async Task ReshardAsync(int shards)
    {
        await _server.Client.UpdateShardCountAsync("source", shards);
        await _server.Client.WaitUntilActiveAsync("source");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var deadline = DateTime.UtcNow + Patience; !await condition(); await Task.Delay(20))
        {
            if (DateTime.UtcNow > deadline)
                throw new TimeoutException($"not within {Patience}: {what}");
        }
    }
}
