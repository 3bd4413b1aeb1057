namespace Headrace.Delivery.Processing;

/// <summary>Takes records apart that hold several: JSON objects one after another, or pieces between delimiters.</summary>
internal sealed class DeAggregationStep : IProcessingStep
{
    private const int MaxPieces = 500;

    private readonly byte[]? _delimiter;
    private readonly List<Range> _places = [];

    public DeAggregationStep(Processor processor) =>
        _delimiter = processor[ProcessorParameters.SubRecordType] == "DELIMITED" ? Convert.FromBase64String(processor[ProcessorParameters.Delimiter]!) : null;

    public ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        batch.Transform((record, next) => Split(batch, record, next));
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
    }

    private void Split(WorkBatch batch, WorkRecord record, List<WorkRecord> next)
    {
        _places.Clear();
        var data = batch.Arena[record.Data];
        if (_delimiter is not null)
        {
            SplitAt(data, _delimiter);
        }
        else if (!JsonRecords.TrySplit(data, _places))
        {
            batch.Fail(record, "DynamicPartitioning.DeaggregationFailed", "Non JSON record provided");
            return;
        }
        if (_places.Count > MaxPieces)
        {
            batch.Fail(record, "DynamicPartitioning.DeaggregationFailed", $"A record holds at most {MaxPieces} records, not {_places.Count}");
            return;
        }
        for (var i = 0; i < _places.Count; i++)
        {
            var (offset, length) = _places[i].GetOffsetAndLength(record.Data.Length);
            var piece = new ArenaSlice(record.Data.Offset + offset, length);
            next.Add(record with
            {
                Data = piece,
                Original = record.Data == record.Original ? piece : record.Original,
                Origin = record.Origin with { SubSequence = i },
            });
        }
    }

    /// <summary>What stands between two delimiters and is not empty.</summary>
    private void SplitAt(ReadOnlySpan<byte> data, byte[] delimiter)
    {
        for (var start = 0; start < data.Length;)
        {
            var length = data[start..].IndexOf(delimiter);
            length = length < 0 ? data.Length - start : length;
            if (length > 0)
                _places.Add(new Range(start, start + length));
            start += length + delimiter.Length;
        }
    }
}
