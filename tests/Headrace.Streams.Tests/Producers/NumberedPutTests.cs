using System.Text;
using Headrace.ControlPlane;
using Headrace.Protocol.HashKeys;
using Headrace.ShardLog;
using Headrace.Streams.Producers;
using Headrace.Streams.Puts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Streams.Tests.Producers;

/// <summary>Records with numbers, in a catalog on the disk that is closed and opened again.</summary>
public sealed class NumberedPutTests : IAsyncLifetime
{
    private static readonly AccountScope Scope = new("000000000000", "us-east-1");

    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-producers-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private ControlDatabase _database = null!;
    private StreamCatalog _catalog = null!;

    private DataStream Stream => _catalog.Get(Scope, "orders");

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        await _catalog.CreateAsync(Scope, new NewStream("orders", StreamMode.Provisioned, 2));
        await UntilAsync(() => Stream.Status == StreamStatus.Active);
    }

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _database.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_number_is_taken_once()
    {
        var first = await PutAsync(new("p", 1), "a", "b", "c");
        first.Result.ShouldBe((3, 0));
        var again = await PutAsync(new("p", 1), "a", "b", "c");
        again.Result.ShouldBe((3, 3));
        again.Places.ShouldBe(first.Places);
        (await PutAsync(new("q", 1), "d")).Result.ShouldBe((1, 0));
        (await StoredAsync()).ShouldBe(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task What_is_new_of_a_put_is_stored()
    {
        await PutAsync(new("p", 1), "a", "b");
        var second = await PutAsync(new("p", 2), "b", "c", "d");
        second.Result.ShouldBe((4, 1));
        (await PutAsync(new("p", 3), "c", "d")).Places.ShouldBe(second.Places[1..]);
        (await PutAsync(new("p", 1), "a")).Result.ShouldBe((4, 1));
        (await StoredAsync()).ShouldBe(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task Numbers_may_have_gaps_and_be_shared_within_a_put()
    {
        (await PutAsync(new("p", 10) { Numbers = [10, 10, 40] }, "a", "b", "c")).Result.ShouldBe((40, 0));
        (await PutAsync(new("p", 10) { Numbers = [10, 10, 40, 41] }, "a", "b", "c", "d")).Result.ShouldBe((41, 3));
        (await StoredAsync()).ShouldBe(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task A_put_that_would_leave_something_out_is_refused()
    {
        (await Should.ThrowAsync<StreamsException>(() => PutAsync(new("p", 2) { After = 1 }, "b"))).Fault.ShouldBe(StreamsFault.InvalidArgument);
        await PutAsync(new("p", 1), "a");
        (await PutAsync(new("p", 2) { After = 1 }, "b")).Result.ShouldBe((2, 0));
        await Should.ThrowAsync<StreamsException>(() => PutAsync(new("p", 4) { After = 3 }, "d"));
        (await StoredAsync()).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_producer_is_told_where_it_stood()
    {
        (await Stream.FindProducerAsync("p")).ShouldBeNull();
        await PutAsync(new("p", 7) { Position = "shardId-000000000003:42" }, "a", "b");
        await PutAsync(new("p", 7) { Position = "older" }, "a");
        var standing = (await Stream.FindProducerAsync("p")).ShouldNotBeNull();
        (standing.Number, standing.Position).ShouldBe((8, "shardId-000000000003:42"));
        await PutAsync(new("p", 9), "c");
        (await Stream.FindProducerAsync("p")).ShouldNotBeNull().Position.ShouldBeNull();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(600)]
    public async Task A_restart_forgets_nothing(int puts)
    {
        (int Shard, long Position, long ArrivalUnixMs)[] last = [];
        for (var i = 0; i < puts; i++)
            last = (await PutAsync(new($"p{i % 3}", i) { Position = $"at {i}" }, $"{i}")).Places;
        for (var restart = 0; restart < 2; restart++)
        {
            await ReopenAsync();
            (await Stream.FindProducerAsync($"p{(puts - 1) % 3}")).ShouldNotBeNull().Position.ShouldBe($"at {puts - 1}");
            var again = await PutAsync(new($"p{(puts - 1) % 3}", puts - 1), $"{puts - 1}");
            again.Result.ShouldBe((puts - 1, 1));
            again.Places.ShouldBe(last);
            (await PutAsync(new($"p{(puts - 2) % 3}", puts - 2), "no")).Result.Dropped.ShouldBe(1);
        }
        (await StoredAsync()).Count.ShouldBe(puts);
    }

    [Fact]
    public async Task What_expired_is_still_known_to_be_taken()
    {
        await PutAsync(new("p", 1), "a");
        _time.Advance(TimeSpan.FromHours(30));
        await PutAsync(new("q", 1), "b");
        _time.Advance(TimeSpan.FromHours(30));
        await _catalog.TrimAsync(CancellationToken.None);
        await PutAsync(new("q", 2), "c");
        _time.Advance(TimeSpan.FromHours(20));
        await _catalog.TrimAsync(CancellationToken.None);
        (await StoredAsync()).ShouldNotContain("a");
        await ReopenAsync();
        (await PutAsync(new("p", 1), "a")).Result.ShouldBe((1, 1));
        (await PutAsync(new("q", 1), "b", "c", "d")).Result.ShouldBe((3, 2));
        (await StoredAsync()).ShouldBe(["c", "d"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_producer_that_is_not_heard_of_for_a_week_is_forgotten()
    {
        await PutAsync(new("p", 5), "a");
        _time.Advance(TimeSpan.FromDays(6.9));
        await PutAsync(new("q", 5), "b");
        await _catalog.TrimAsync(CancellationToken.None);
        (await Stream.FindProducerAsync("p")).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromDays(0.2));
        await _catalog.TrimAsync(CancellationToken.None);
        (await Stream.FindProducerAsync("p")).ShouldBeNull();
        await ReopenAsync();
        (await Stream.FindProducerAsync("p")).ShouldBeNull();
        (await Stream.FindProducerAsync("q")).ShouldNotBeNull().Number.ShouldBe(5);
    }

    [Fact]
    public async Task Resharding_changes_nothing()
    {
        var first = await PutAsync(new("p", 1), "a", "b", "c", "d");
        await _catalog.SplitShardAsync(Scope, "orders", "shardId-000000000000", HashKeyRange.Uniform(4)[1].Start);
        await UntilAsync(() => Stream.Status == StreamStatus.Active);
        (await PutAsync(new("p", 1), "a", "b", "c", "d")).Places.ShouldBe(first.Places);
        (await PutAsync(new("p", 3), "c", "d", "e")).Result.ShouldBe((5, 2));
        (await StoredAsync()).ShouldBe(["a", "b", "c", "d", "e"], ignoreOrder: true);
    }

    [Fact]
    public async Task Puts_of_one_producer_at_the_same_time_go_one_after_another()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => PutAsync(new("p", 1), "a", "b"))));
        results.Count(put => put.Result.Dropped == 0).ShouldBe(1);
        results.ShouldAllBe(put => put.Places.SequenceEqual(results[0].Places));
        (await StoredAsync()).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_put_is_taken_up_to_the_first_refused_record_and_goes_on_there()
    {
        using var batch = new RecordBatch();
        string[] keys = ["a", "b", "c", "d"];
        foreach (var key in keys)
            batch.Add(0, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(key));
        var refused = new RefusedRecords(keys.Length);
        refused.Refuse(2, RecordRefusal.InternalFailure);
        var hashKeys = Array.ConvertAll(keys, key => PartitionKeyHash.Of(Encoding.UTF8.GetBytes(key)));
        // The second shares the refused one's number: were it taken, the refused one would be dropped when it comes again.
        var result = await Stream.PutAsync(batch, hashKeys, new NumberedPut("p", 1) { Numbers = [1, 2, 2, 3] }, refused);
        result.Committed.ShouldBe(1);
        Enumerable.Range(0, keys.Length).Select(i => result.Refused![i])
            .ShouldBe([RecordRefusal.None, RecordRefusal.InternalFailure, RecordRefusal.InternalFailure, RecordRefusal.InternalFailure]);
        (await StoredAsync()).ShouldBe(["a"]);
        (await PutAsync(new("p", 1) { Numbers = [1, 2, 2, 3] }, keys)).Result.ShouldBe((3, 1));
        (await StoredAsync()).ShouldBe(keys);
    }

    private async Task OpenAsync()
    {
        _database = ControlDatabase.Open(Path.Combine(_directory, "headrace.db"));
        _catalog = await StreamCatalog.OpenAsync(
            new StreamsOptions { Directory = Path.Combine(_directory, "streams"), Time = _time }, _database, NullLogger.Instance);
    }

    private async Task ReopenAsync()
    {
        await _catalog.DisposeAsync();
        _database.Dispose();
        await OpenAsync();
    }

    /// <summary>Lets time pass until the stream's state has.</summary>
    private async Task UntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!condition())
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline);
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5);
        }
    }

    /// <summary>Puts records whose data is their key.</summary>
    private async Task<((long? Committed, int Dropped) Result, (int Shard, long Position, long ArrivalUnixMs)[] Places)> PutAsync(NumberedPut put, params string[] keys)
    {
        using var batch = new RecordBatch();
        foreach (var key in keys)
            batch.Add(0, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(key));
        var result = await Stream.PutAsync(batch, Array.ConvertAll(keys, key => PartitionKeyHash.Of(Encoding.UTF8.GetBytes(key))), put);
        batch.Count.ShouldBe(keys.Length);
        return ((result.Committed, result.Dropped), [.. Enumerable.Range(0, batch.Count).Select(i => (batch.ShardOf(i), batch.PositionOf(i), batch.ArrivalUnixMs))]);
    }

    private async Task<List<string>> StoredAsync()
    {
        var all = new List<string>();
        using var page = new RecordPage();
        foreach (var shard in Stream.Shards)
        {
            await Stream.Log.ReadAsync(shard.Index, 0, new ReadLimits(1000, 1 << 20), page);
            for (var i = 0; i < page.Count; i++)
                all.Add(Encoding.UTF8.GetString(page[i].Data));
        }
        return [.. all.Order(StringComparer.Ordinal)];
    }
}
