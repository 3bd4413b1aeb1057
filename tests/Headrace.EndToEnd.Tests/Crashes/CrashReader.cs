using System.Security.Cryptography;
using System.Text;
using Headrace.EndToEnd.Tests.Kinesis;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// Reads on, after every crash, where it ended before, and holds what it finds against the ledger; in the end it reads everything once
/// more, which must be the same.
/// </summary>
internal sealed class CrashReader(IReadOnlyList<string> streams, CrashLedger ledger) : IDisposable
{
    private readonly Dictionary<(string Stream, string ShardId), Shard> _shards = [];

    // A key's records keep their order over splits and merges too: parents come before their children, in the list as in time.
    private readonly Dictionary<(string Stream, string Key), int> _lastOfKey = [];

    /// <summary>Reads what is new.</summary>
    /// <exception cref="ShouldAssertException">A record is lost, stored twice, changed or out of order.</exception>
    public async Task ReadOnAsync(KinesisHttp kinesis)
    {
        foreach (var stream in streams)
        {
            foreach (var shardId in await kinesis.ShardIdsAsync(stream))
            {
                if (!_shards.TryGetValue((stream, shardId), out var shard))
                    _shards[(stream, shardId)] = shard = new Shard();
                await foreach (var stored in kinesis.ReadAsync(shardId, await kinesis.GetIteratorAfterAsync(stream, shardId, shard.Last?.SequenceNumber)))
                    Take(stream, shard, stored);
            }
        }
        ledger.ShouldHaveFoundAll();
    }

    /// <exception cref="ShouldAssertException">A shard holds something else than was found before.</exception>
    public async Task ReadAllAgainAsync(KinesisHttp kinesis)
    {
        foreach (var ((stream, shardId), before) in _shards)
        {
            using var now = new Shard();
            await foreach (var stored in kinesis.ReadAsync(shardId, await kinesis.GetTrimHorizonIteratorAsync(stream, shardId)))
                now.Add(stored);
            now.Count.ShouldBe(before.Count, $"records of {stream} {shardId}");
            now.Digest().ShouldBe(before.Digest(), $"{stream} {shardId}");
        }
    }

    public void Dispose()
    {
        foreach (var shard in _shards.Values)
            shard.Dispose();
    }

    private void Take(string stream, Shard shard, StoredRecord stored)
    {
        if (shard.Last is { } last && stored.Number <= last.Number)
            throw new ShouldAssertException($"in {stream} {stored.ShardId}, {stored.SequenceNumber} follows {last.SequenceNumber}");
        shard.Add(stored);
        var record = NumberedRecord.Parse(stored.Data);
        stored.PartitionKey.ShouldBe(CrashWriter.KeyOf(record));
        ledger.Find(record, stream, stored.ShardId, stored.SequenceNumber);
        if (_lastOfKey.TryGetValue((stream, stored.PartitionKey), out var before) && record.Number < before)
            throw new ShouldAssertException($"in {stream}, {record} of key {stored.PartitionKey} is stored behind number {before}");
        _lastOfKey[(stream, stored.PartitionKey)] = record.Number;
    }

    private sealed class Shard : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public StoredRecord? Last { get; private set; }

        public int Count { get; private set; }

        public void Add(StoredRecord record)
        {
            _hash.AppendData(Encoding.ASCII.GetBytes(record.SequenceNumber));
            _hash.AppendData(record.Data);
            Last = record;
            Count++;
        }

        public string Digest() => Convert.ToHexString(_hash.GetCurrentHash());

        public void Dispose() => _hash.Dispose();
    }
}
