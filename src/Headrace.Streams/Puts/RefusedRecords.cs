namespace Headrace.Streams.Puts;

/// <summary>Which records of a put are not taken, and why. There is none of these for a put that is taken whole. Not thread-safe.</summary>
/// <param name="records">Records that the put has.</param>
public sealed class RefusedRecords(int records)
{
    private readonly RecordRefusal[] _reasons = new RecordRefusal[records];

    /// <summary>Records that are refused.</summary>
    public int Count { get; private set; }

    /// <summary>Whether all of the put's records are refused.</summary>
    public bool IsWhole => Count == _reasons.Length;

    /// <summary>Why a record is refused.</summary>
    public RecordRefusal this[int record] => _reasons[record];

    public void Refuse(int record, RecordRefusal reason)
    {
        if (_reasons[record] == RecordRefusal.None)
            Count++;
        _reasons[record] = reason;
    }
}
