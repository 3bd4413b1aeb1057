using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// The number under which an output is put: its source record's position in the shard, and in the lowest bits which of the outputs for that
/// destination it is, of the record or of the aggregate that has the position. So it rises along a shard, and is the same whenever the record is worked on again.
/// </summary>
internal static class OutputNumber
{
    /// <summary>What has no number is put without one.</summary>
    public const long None = -1;

    /// <summary>How many outputs one record, or an aggregate as a whole, can have for one destination.</summary>
    public const int MaxOutputs = 1 << IndexBits;

    // Which leaves 43 bits for the position: 8.8 million million records of a shard.
    public const int IndexBits = 20;
    private const long MaxPosition = long.MaxValue >> IndexBits;

    /// <summary>The number of one output.</summary>
    /// <param name="position">Its record's position.</param>
    /// <param name="index">Which of the record's outputs for its destination it is, from 0.</param>
    public static long Of(long position, int index) =>
        position <= MaxPosition
            ? (position << IndexBits) | (uint)index
            : throw new PipelineException($"position {position} of a shard is more than outputs can be numbered by");

    /// <summary>A record's own number, of which an aggregate's records have one each; <see cref="None"/> where its sequence number tells no position.</summary>
    public static long OfRecord(ConsumedRecord record)
    {
        if (!SourcePosition.TryRead(record.SequenceNumber, out var position))
            return None;
        return record.SubSequenceNumber is not >= MaxOutputs
            ? Of(position, record.SubSequenceNumber ?? 0)
            : throw new PipelineException($"{record.ShardId} {record.SequenceNumber}: an aggregate of more than {MaxOutputs:N0} records");
    }
}
