using Headrace.Delivery.Destinations;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Conversion;

/// <summary>
/// Holds records against the columns that they will become rows of, and takes records apart that hold several objects. What passes is still
/// JSON, and in a partition of its plan, so that its object can be made from it at any time.
/// </summary>
internal sealed class ConversionStep(S3Destination destination, ConversionPlans plans) : IProcessingStep
{
    private readonly List<Range> _places = [];
    private RowShredder? _shredder;
    private ConversionPlan? _plan;
    private long _number;

    public ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation)
    {
        Follow(plans.Current(destination));
        batch.Transform((record, next) => Hold(batch, record, next));
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
    }

    /// <summary>Takes another plan where the table or the destination has changed.</summary>
    private void Follow(long number)
    {
        if (_shredder is not null && _number == number)
            return;
        _number = number;
        _plan = plans.Get(number);
        _shredder = new RowShredder(_plan);
    }

    private void Hold(WorkBatch batch, WorkRecord record, List<WorkRecord> next)
    {
        _places.Clear();
        try
        {
            _shredder!.Take(batch.Arena.MemoryOf(record.Data), int.MaxValue, _places);
            if (_places.Count == 0)
                throw new RecordMismatchException(RecordMismatchException.ParseError, "Encountered malformed JSON. The record is empty.");
        }
        catch (RecordMismatchException fault)
        {
            batch.Failed.Add(new FailedRecord(record, ErrorOutputTypes.FormatConversionFailed, fault.Code, fault.Message) { Table = _plan!.Table });
            return;
        }
        finally
        {
            _shredder!.Clear();
        }
        foreach (var place in _places)
        {
            var (offset, length) = place.GetOffsetAndLength(record.Data.Length);
            next.Add(record with { Data = new ArenaSlice(record.Data.Offset + offset, length), Partition = record.Partition.Converted(_number) });
        }
    }
}
