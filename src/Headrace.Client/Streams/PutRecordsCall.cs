using System.Globalization;

namespace Headrace.Client;

/// <summary>A PutRecords call with its request and what was answered, in memory that the next call uses again. Not thread-safe.</summary>
internal sealed class PutRecordsCall : IDisposable
{
    private readonly ShardIdTable _shardIds = new();

    public PutRecordsBody Body { get; } = new();

    /// <summary>The attempts so far; each new set of records is a new one.</summary>
    public Invocation Invocation { get; set; } = new();

    /// <summary>The records' numbers; null: they have none.</summary>
    public RecordNumbers? Numbers { get; set; }

    /// <summary>What became of the records, in their order.</summary>
    public List<PutRecordsFate> Fates { get; } = [];

    /// <summary>Whether the fates are to tell sequence numbers.</summary>
    public bool KeepsSequenceNumbers { get; set; } = true;

    public bool TakesNumbers { get; private set; }

    public long? Committed { get; private set; }

    public int Dropped { get; private set; }

    public void Read(ReadOnlySpan<byte> answer, CallHeaders? headers)
    {
        Fates.Clear();
        PutRecordsAnswer.Read(answer, Fates, _shardIds, KeepsSequenceNumbers);
        (TakesNumbers, Committed, Dropped) = (false, null, 0);
        if (headers?.Answered("x-headrace-dropped") is not { } dropped)
            return;
        TakesNumbers = true;
        Committed = headers.Answered("x-headrace-committed") is { } committed ? long.Parse(committed, CultureInfo.InvariantCulture) : null;
        Dropped = int.Parse(dropped, CultureInfo.InvariantCulture);
    }

    public void Dispose() => Body.Dispose();
}
