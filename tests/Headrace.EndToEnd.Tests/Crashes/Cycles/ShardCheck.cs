using System.Globalization;
using System.Text.Json;
using Headrace.EndToEnd.Tests.Kinesis;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>Reads a shard on from where it was read before, and checks each record against the ledger and the ones before it.</summary>
internal sealed class ShardCheck(StreamLedger ledger, string shardId)
{
    private readonly Dictionary<int, LoadRecord> _lastOfWriter = [];
    private UInt128 _firstHashKey;
    private UInt128 _lastHashKey;
    private string _startingSequenceNumber = "";
    private string? _endingSequenceNumber;
    private string? _last;
    private bool _done;

    public bool IsClosed => _endingSequenceNumber is not null;

    /// <summary>The range of hash keys, both ends included.</summary>
    public (UInt128 First, UInt128 Last) HashKeys => (_firstHashKey, _lastHashKey);

    /// <summary>The highest sequence number that was checked; null before the first.</summary>
    public string? Last => _last;

    /// <summary>Takes over what ListShards says of the shard now.</summary>
    public void Describe(JsonElement shard)
    {
        var range = shard.GetProperty("HashKeyRange");
        _firstHashKey = UInt128.Parse(range.GetProperty("StartingHashKey").GetString()!, CultureInfo.InvariantCulture);
        _lastHashKey = UInt128.Parse(range.GetProperty("EndingHashKey").GetString()!, CultureInfo.InvariantCulture);
        var numbers = shard.GetProperty("SequenceNumberRange");
        _startingSequenceNumber = numbers.GetProperty("StartingSequenceNumber").GetString()!;
        var ending = numbers.TryGetProperty("EndingSequenceNumber", out var end) ? end.GetString() : null;
        if (_endingSequenceNumber is not null && ending != _endingSequenceNumber)
            throw new ShouldAssertException($"{shardId} of {ledger.Stream} ended at {_endingSequenceNumber}, and now at {ending ?? "none"}");
        _endingSequenceNumber = ending;
    }

    /// <summary>Checks what stands behind the last record that was checked.</summary>
    public async Task CheckAsync(KinesisHttp kinesis)
    {
        if (_done)
            return;
        await foreach (var stored in kinesis.ReadAsync(shardId, await kinesis.GetIteratorAfterAsync(ledger.Stream, shardId, _last)))
            Check(stored);
        _done = IsClosed;
    }

    private void Check(StoredRecord stored)
    {
        var record = ledger.Find(stored);
        if (_last is not null && IsAtLeast(_last, stored.SequenceNumber))
            throw new ShouldAssertException($"{shardId} of {ledger.Stream} gives {stored.SequenceNumber} behind {_last}");
        if (!IsAtLeast(stored.SequenceNumber, _startingSequenceNumber) || !IsAtLeast(_endingSequenceNumber ?? stored.SequenceNumber, stored.SequenceNumber))
            throw new ShouldAssertException($"{shardId} of {ledger.Stream} goes from {_startingSequenceNumber} to {_endingSequenceNumber ?? "now"} and holds {stored.SequenceNumber}");
        _last = stored.SequenceNumber;
        if (record.HashKey < _firstHashKey || record.HashKey > _lastHashKey)
            throw new ShouldAssertException($"{record} of {ledger.Stream} has hash key {record.HashKey} and is in {shardId}, which takes {HashKeys}");
        // A writer waits for each answer, or gives the put up, before it goes on to higher numbers.
        if (_lastOfWriter.TryGetValue(record.Writer, out var before) && before.Number >= record.Number)
            throw new ShouldAssertException($"{shardId} of {ledger.Stream} holds {record} behind {before}");
        _lastOfWriter[record.Writer] = record;
    }

    /// <summary>Whether <paramref name="first"/> is equal to <paramref name="second"/> or greater: decimals without leading zeros.</summary>
    private static bool IsAtLeast(string first, string second) =>
        first.Length != second.Length ? first.Length > second.Length : string.CompareOrdinal(first, second) >= 0;
}
