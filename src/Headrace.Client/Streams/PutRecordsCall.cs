using System.Globalization;

namespace Headrace.Client;

/// <summary>A PutRecords call with its request and what was answered, in memory that the next call uses again. Not thread-safe.</summary>
internal sealed class PutRecordsCall(BodyFormat format) : IDisposable
{
    private readonly ShardIdTable _shardIds = new();

    /// <summary>The request.</summary>
    public PutRecordsBody Body { get; private set; } = PutRecordsBody.In(format);

    /// <summary>The attempts so far, where the caller repeats them: each new set of records is a new one. Null: they are repeated for it.</summary>
    public Invocation? Invocation { get; set; } = new();

    /// <summary>The records' numbers; null: they have none.</summary>
    public RecordNumbers? Numbers { get; set; }

    /// <summary>What became of the records, in their order.</summary>
    public List<PutRecordsFate> Fates { get; } = [];

    /// <summary>Whether the fates are to tell sequence numbers.</summary>
    public bool KeepsSequenceNumbers { get; set; } = true;

    public bool TakesNumbers { get; private set; }

    public long? Committed { get; private set; }

    public int Dropped { get; private set; }

    /// <summary>Forgets the request and begins another one.</summary>
    public void Begin(string stream, BodyFormat format)
    {
        if (Body.Format != format)
        {
            Body.Dispose();
            Body = PutRecordsBody.In(format);
        }
        Body.Begin(stream);
    }

    public CallHeaders ToHeaders()
    {
        var headers = Numbers?.ToHeaders() ?? new CallHeaders();
        headers.Format = Body.Format;
        return headers;
    }

    /// <exception cref="InvalidDataException">The answer is none to PutRecords.</exception>
    public void Read(ReadOnlySpan<byte> answer, CallHeaders headers)
    {
        Fates.Clear();
        if (headers.AnsweredIn == BodyFormat.Cbor)
            PutRecordsCborAnswer.Read(answer, Fates, _shardIds, KeepsSequenceNumbers);
        else
            PutRecordsAnswer.Read(answer, Fates, _shardIds, KeepsSequenceNumbers);
        (TakesNumbers, Committed, Dropped) = (false, null, 0);
        if (headers.Answered("x-headrace-dropped") is not { } dropped)
            return;
        TakesNumbers = true;
        Committed = headers.Answered("x-headrace-committed") is { } committed ? long.Parse(committed, CultureInfo.InvariantCulture) : null;
        Dropped = int.Parse(dropped, CultureInfo.InvariantCulture);
    }

    public void Dispose() => Body.Dispose();
}
