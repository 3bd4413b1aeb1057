using Headrace.Streams.Settings;

namespace Headrace.Streams;

/// <summary>What a stream is created with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mode">Who chooses the number of shards.</param>
/// <param name="ShardCount">Shards to open with; null: the stream chooses.</param>
public sealed record NewStream(string Name, StreamMode Mode, int? ShardCount)
{
    /// <summary>Bytes of data and partition key that one record may have.</summary>
    public int MaxRecordBytes { get; init; } = StreamLimits.DefaultRecordBytes;

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>What an on-demand stream is to take at once, in MiB/s; null: its default.</summary>
    public int? WarmThroughputMiBps { get; init; }

    public RecordDistribution Distribution { get; init; }
}
