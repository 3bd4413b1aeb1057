using System.Globalization;
using System.Text;
using Headrace.ControlPlane;
using Headrace.Protocol.HashKeys;
using Headrace.ShardLog;
using Headrace.Streams.Iterators;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Streams.Tests.Histories;

/// <summary>
/// One stream's random life: puts, also in the midst of splits, merges and scalings, reads from random positions, restarts. The same
/// seed gives the same life, but for how far a concurrent put has come when the shards change.
/// </summary>
internal sealed class StreamHistory : IAsyncDisposable
{
    private const string Name = "s";
    private const int MaxShards = 24;
    private static readonly AccountScope Scope = new("000000000000", "us-east-1");

    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-history-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Random _random;
    private readonly Ledger _ledger = new();
    private readonly LineageReader[] _readers = [new(), new()];
    private readonly ControlDatabase _database;
    private StreamCatalog _catalog = null!;
    private int _next;

    private StreamHistory(int seed)
    {
        _random = new Random(seed);
        _database = ControlDatabase.Open(Path.Combine(_directory, "headrace.db"));
    }

    private DataStream Stream => _catalog.Get(Scope, Name);

    /// <summary>Lives a life of so many steps and holds it against the ledger.</summary>
    public static async Task RunAsync(int seed, int steps)
    {
        await using var history = new StreamHistory(seed);
        await history.OpenAsync();
        await history._catalog.CreateAsync(Scope, new NewStream(Name, StreamMode.Provisioned, history._random.Next(1, 5)));
        await history.UntilActiveAsync();
        await history._readers[0].BeginAsync(history._catalog, history.Stream);
        for (var step = 0; step < steps; step++)
            await history.StepAsync();
        await history.FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_catalog is not null)
            await _catalog.DisposeAsync();
        _database.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task OpenAsync() => _catalog = await StreamCatalog.OpenAsync(
        new StreamsOptions { Directory = Path.Combine(_directory, "streams"), Durability = Durability.Os, Time = _time, StateDelay = TimeSpan.Zero },
        _database,
        NullLogger.Instance);

    private async Task StepAsync()
    {
        // Not so far that an iterator of the last step would expire.
        _time.Advance(TimeSpan.FromMilliseconds(_random.Next(0, 3000)));
        switch (_random.Next(16))
        {
            case < 6:
                await PutAsync("a");
                break;
            case < 9:
                await ReshardAsync();
                break;
            case 9:
                await Task.WhenAll(Task.Run(() => PutAsync("b", 20)), Task.Run(() => PutAsync("c", 20)), ReshardAsync());
                break;
            case 10:
                await _catalog.DisposeAsync();
                await OpenAsync();
                break;
            case 11:
                await LookUpAsync();
                break;
            default:
                await _readers[0].ReadAsync(_catalog, _random.Next(1000), _random.Next(1, 30));
                break;
        }
        ShouldCoverAllHashKeys();
    }

    private async Task FinishAsync()
    {
        await _readers[0].DrainAsync(_catalog);
        await _readers[1].BeginAsync(_catalog, Stream);
        await _readers[1].DrainAsync(_catalog);
        foreach (var reader in _readers)
        {
            foreach (var key in _ledger.Keys)
                reader.OfKey(key).ShouldBe(_ledger.OfKey(key), $"key {key}");
            reader.Count.ShouldBe(_ledger.Count);
        }
    }

    /// <summary>Puts records one batch after the other; a key belongs to one writer, so that its order is known.</summary>
    private async Task PutAsync(string writer, int batches = 1)
    {
        for (var i = 0; i < batches; i++)
        {
            using var batch = new RecordBatch();
            var keys = new List<string>();
            var data = new List<string>();
            for (var count = Pick(1, 13); count > 0; count--)
            {
                keys.Add(string.Create(CultureInfo.InvariantCulture, $"{writer}{Pick(0, 8)}"));
                data.Add(Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture));
                batch.Add(0, Encoding.UTF8.GetBytes(keys[^1]), Encoding.UTF8.GetBytes(data[^1]));
            }
            var (map, _) = await Stream.PutAsync(batch, keys.Select(key => PartitionKeyHash.Of(Encoding.UTF8.GetBytes(key))).ToArray());
            _ledger.Add([.. keys.Select((key, r) =>
            {
                var shard = map.Find(batch.ShardOf(r))!;
                return new Ledger.Stored(key, data[r], shard, SequenceNumber.OfRecord(shard, batch.PositionOf(r), batch.ArrivalUnixMs), batch.ArrivalUnixMs);
            })]);
        }
    }

    private int Pick(int from, int to)
    {
        lock (_random)
            return _random.Next(from, to);
    }

    private async Task ReshardAsync()
    {
        var open = Stream.Map.Open.ToArray();
        switch (Pick(0, 3))
        {
            case 0 when open.Length < MaxShards:
                var parent = open[Pick(0, open.Length)];
                var at = parent.Range.Start + 2 + ((parent.Range.End - parent.Range.Start - 2) / (UInt128)Pick(2, 9));
                await _catalog.SplitShardAsync(Scope, Name, parent.Id, at);
                break;
            case 1 when open.Length > 1:
                var pair = Pick(0, open.Length - 1);
                await _catalog.MergeShardsAsync(Scope, Name, open[pair].Id, open[pair + 1].Id);
                break;
            default:
                await _catalog.UpdateShardCountAsync(Scope, Name, Pick((open.Length + 1) / 2, Math.Min(MaxShards, open.Length * 2) + 1));
                break;
        }
        await UntilActiveAsync();
    }

    /// <summary>Reads one shard from a position that a record gives.</summary>
    private async Task LookUpAsync()
    {
        var shard = Stream.Map.All[Pick(0, Stream.Map.All.Length)];
        var records = _ledger.OfShard(shard.Index);
        if (records.Count == 0)
            return;
        var at = Pick(0, records.Count);
        var (start, expected) = Pick(0, 3) switch
        {
            0 => (new StartingPosition(IteratorType.AtSequenceNumber, records[at].Number.ToString()), records.Skip(at)),
            1 => (new StartingPosition(IteratorType.AfterSequenceNumber, records[at].Number.ToString()), records.Skip(at + 1)),
            _ => (new StartingPosition(IteratorType.AtTimestamp, Timestamp: DateTimeOffset.FromUnixTimeMilliseconds(records[at].ArrivalUnixMs)),
                records.SkipWhile(record => record.ArrivalUnixMs < records[at].ArrivalUnixMs)),
        };
        var iterator = await _catalog.IterateAsync(Stream, shard, start);
        var read = new List<string>();
        using var page = new RecordPage();
        do
        {
            var reading = await _catalog.ReadAsync(iterator, Pick(1, 50), page);
            for (var i = 0; i < page.Count; i++)
                read.Add(Encoding.UTF8.GetString(page[i].Data));
            iterator = reading.NextIterator;
        }
        while (iterator is not null && page.Count > 0);
        read.ShouldBe(expected.Select(record => record.Data), $"shard {shard.Id} {start}");
    }

    private void ShouldCoverAllHashKeys()
    {
        var next = UInt128.Zero;
        foreach (var shard in Stream.Map.Open.ToArray().OrderBy(shard => shard.Range.Start))
        {
            shard.Range.Start.ShouldBe(next);
            next = unchecked(shard.Range.End + 1);
        }
        next.ShouldBe(UInt128.Zero);
    }

    private async Task UntilActiveAsync()
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (Stream.Status != StreamStatus.Active)
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline);
            await Task.Delay(1);
        }
    }
}
