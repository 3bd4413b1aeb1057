namespace Headrace.Delivery.Processing;

/// <summary>The records that go through the processors together. Not thread-safe; used again and again.</summary>
internal sealed class WorkBatch : IDisposable
{
    private List<WorkRecord> _next = [];

    public RecordArena Arena { get; } = new();

    public List<WorkRecord> Records { get; private set; } = [];

    /// <summary>The records that failed.</summary>
    public List<FailedRecord> Failed { get; } = [];

    public void Fail(WorkRecord record, string errorCode, string errorMessage) =>
        Failed.Add(new FailedRecord(record, ErrorOutputTypes.ProcessingFailed, errorCode, errorMessage));

    /// <summary>Replaces the records by what a step makes of each, which it adds to the list that it is given.</summary>
    public void Transform(Action<WorkRecord, List<WorkRecord>> step)
    {
        _next.Clear();
        foreach (var record in Records)
            step(record, _next);
        (Records, _next) = (_next, Records);
    }

    public void Clear()
    {
        Records.Clear();
        Failed.Clear();
        Arena.Clear();
    }

    public void Dispose() => Arena.Dispose();
}
