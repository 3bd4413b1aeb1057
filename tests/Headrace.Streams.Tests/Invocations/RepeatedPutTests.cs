using System.Text;
using Headrace.ControlPlane;
using Headrace.Protocol.HashKeys;
using Headrace.ShardLog;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Tests.Invocations;

public sealed class RepeatedPutTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-streams-").FullName;
    private IShardLog? _log;
    private DataStream _stream = null!;

    public async ValueTask InitializeAsync() => await OpenAsync(Shards(2));

    public async ValueTask DisposeAsync()
    {
        await _log!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_repeat_gets_the_places_of_the_first_attempt()
    {
        var id = Guid.NewGuid();
        var first = await PutAsync(new(id, IsRepeat: false), "a", "b", "c", "d");
        await PutAsync(null, "e");
        (await PutAsync(new(id, IsRepeat: true), "a", "b", "c", "d")).ShouldBe(first);
        (await StoredAsync()).ShouldBe(["a", "b", "c", "d", "e"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_repeat_is_known_after_a_restart()
    {
        var id = Guid.NewGuid();
        await PutAsync(null, "before");
        var first = await PutAsync(new(id, IsRepeat: false), "a", "b", "c", "d");
        await OpenAsync(_stream.Map);
        (await PutAsync(new(id, IsRepeat: true), "a", "b", "c", "d")).ShouldBe(first);
        (await PutAsync(new(id, IsRepeat: true), "a", "b", "c", "d")).ShouldBe(first);
        (await StoredAsync()).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_repeat_is_known_after_the_shards_were_split()
    {
        var id = Guid.NewGuid();
        var first = await PutAsync(new(id, IsRepeat: false), "a", "b", "c", "d");
        var parent = _stream.Map.Find(0)!;
        var middle = parent.Range.End / 2;
        _stream.Map = _stream.Map.With(
            parent with { ClosedEnd = _log!.GetExtent(0).End },
            new Shard(2, new HashKeyRange(parent.Range.Start, middle), DateTimeOffset.UnixEpoch, ParentIndex: 0),
            new Shard(3, new HashKeyRange(middle + 1, parent.Range.End), DateTimeOffset.UnixEpoch, ParentIndex: 0));
        (await PutAsync(new(id, IsRepeat: true), "a", "b", "c", "d")).ShouldBe(first);
    }

    [Fact]
    public async Task A_repeat_of_an_attempt_that_never_arrived_is_stored()
    {
        var id = Guid.NewGuid();
        var first = await PutAsync(new(id, IsRepeat: true), "a");
        (await PutAsync(new(id, IsRepeat: true), "a")).ShouldBe(first);
        (await StoredAsync()).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Repeats_at_the_same_time_are_stored_once()
    {
        var id = Guid.NewGuid();
        var places = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => PutAsync(new(id, IsRepeat: true), "a", "b"))));
        places.ShouldAllBe(same => same.SequenceEqual(places[0]));
        (await StoredAsync()).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public async Task Other_records_under_a_known_id_are_stored()
    {
        var id = Guid.NewGuid();
        await PutAsync(new(id, IsRepeat: false), "a", "b");
        await PutAsync(new(id, IsRepeat: true), "a", "b", "c");
        await PutAsync(new(id, IsRepeat: true), "a", "b");
        await PutAsync(new(id, IsRepeat: false), "d");
        (await StoredAsync()).ShouldBe(["a", "b", "a", "b", "c", "a", "b", "d"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repeat_of_a_put_that_was_taken_in_part_is_answered_as_it_was(bool restarted)
    {
        var id = Guid.NewGuid();
        var refused = new RefusedRecords(5);
        refused.Refuse(1, RecordRefusal.ThroughputExceeded);
        refused.Refuse(2, RecordRefusal.ThroughputExceeded);
        refused.Refuse(4, RecordRefusal.InternalFailure);
        var first = await PutAsync(new(id, IsRepeat: false), refused, "a", "b", "c", "d", "e");
        if (restarted)
            await OpenAsync(_stream.Map);
        // Now there would be room for all of them: but the answer that was lost told otherwise, or told nothing.
        var again = await PutAsync(new(id, IsRepeat: true), (RefusedRecords?)null, "a", "b", "c", "d", "e");
        again.Refused.ShouldBe([RecordRefusal.None, RecordRefusal.ThroughputExceeded, RecordRefusal.ThroughputExceeded, RecordRefusal.None, RecordRefusal.InternalFailure]);
        again.Refused.ShouldBe(first.Refused);
        (again.Places[0], again.Places[3]).ShouldBe((first.Places[0], first.Places[3]));
        (await StoredAsync()).ShouldBe(["a", "d"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_repeat_of_a_put_that_was_refused_whole_is_stored()
    {
        var id = Guid.NewGuid();
        var refused = new RefusedRecords(2);
        refused.Refuse(0, RecordRefusal.ThroughputExceeded);
        refused.Refuse(1, RecordRefusal.ThroughputExceeded);
        await PutAsync(new(id, IsRepeat: false), refused, "a", "b");
        (await StoredAsync()).ShouldBeEmpty();
        await PutAsync(new(id, IsRepeat: true), "a", "b");
        (await StoredAsync()).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_repeat_that_would_be_refused_is_answered_with_the_places_of_the_first_attempt()
    {
        var id = Guid.NewGuid();
        var first = await PutAsync(new(id, IsRepeat: false), "a", "b");
        var refused = new RefusedRecords(2);
        refused.Refuse(0, RecordRefusal.ThroughputExceeded);
        var again = await PutAsync(new(id, IsRepeat: true), refused, "a", "b");
        again.Refused.ShouldBeNull();
        again.Places.ShouldBe(first);
    }

    [Fact]
    public async Task Without_a_call_id_the_others_are_stored_too()
    {
        var refused = new RefusedRecords(3);
        refused.Refuse(1, RecordRefusal.InternalFailure);
        await PutAsync(null, refused, "a", "b", "c");
        (await StoredAsync()).ShouldBe(["a", "c"], ignoreOrder: true);
    }

    private static ShardMap Shards(int count) =>
        new(HashKeyRange.Uniform(count).Select(static (range, index) => new Shard(index, range, DateTimeOffset.UnixEpoch)));

    private async Task OpenAsync(ShardMap shards)
    {
        if (_log is not null)
            await _log.DisposeAsync();
        _log = SegmentedLog.Open(new LogOptions { Directory = Path.Combine(_directory, "log") }, out _);
        _stream = new DataStream(1, new AccountScope("000000000000", "us-east-1"), "orders", StreamMode.Provisioned, DateTimeOffset.UnixEpoch, shards, _log, TimeProvider.System);
    }

    /// <summary>Puts records whose data is their key; answers their places.</summary>
    private async Task<(int Shard, long Position, long ArrivalUnixMs)[]> PutAsync(PutInvocation? invocation, params string[] keys) =>
        (await PutAsync(invocation, (RefusedRecords?)null, keys)).Places;

    /// <summary>Puts records of which some are refused; answers the places, and why each was refused if any was.</summary>
    private async Task<((int Shard, long Position, long ArrivalUnixMs)[] Places, RecordRefusal[]? Refused)> PutAsync(PutInvocation? invocation, RefusedRecords? refused, params string[] keys)
    {
        using var batch = new RecordBatch();
        foreach (var key in keys)
            batch.Add(0, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(key));
        var outcome = await _stream.PutAsync(batch, Array.ConvertAll(keys, key => PartitionKeyHash.Of(Encoding.UTF8.GetBytes(key))), invocation, refused);
        batch.Count.ShouldBe(keys.Length);
        var places = Enumerable.Range(0, batch.Count).Select(i => (batch.ShardOf(i), batch.PositionOf(i), batch.ArrivalUnixMs)).ToArray();
        return (places, outcome.Refused is { } left ? [.. Enumerable.Range(0, keys.Length).Select(i => left[i])] : null);
    }

    private async Task<List<string>> StoredAsync()
    {
        var all = new List<string>();
        using var page = new RecordPage();
        foreach (var shard in _stream.Shards)
        {
            await _log!.ReadAsync(shard.Index, 0, new ReadLimits(1000, 1 << 20), page);
            for (var i = 0; i < page.Count; i++)
                all.Add(Encoding.UTF8.GetString(page[i].Data));
        }
        return all;
    }
}
