using System.Globalization;
using Headrace.ControlPlane;
using Headrace.Streams;

namespace Headrace.Delivery.Sources;

/// <summary>Reads a data stream's log directly.</summary>
internal sealed class DataStreamReader(StreamCatalog streams, AccountScope scope, string streamName) : IRecordSource
{
    private DataStream? _seen;
    private ShardMap? _seenShards;
    private SourceView? _view;

    public string Name => $"the data stream {streamName} ({scope})";

    public TimeSpan? LookInterval { get; } = TimeSpan.FromSeconds(1);

    public SourceView? Look()
    {
        var stream = streams.Find(scope, streamName);
        if (stream is null)
            return null;
        var shards = stream.Map;
        if (!ReferenceEquals(stream, _seen) || !ReferenceEquals(shards, _seenShards))
        {
            _view = new SourceView(stream.Id, stream.Log, [.. shards.All.Select(shard => (shard.Index, shard.IsOpen))]);
            (_seen, _seenShards) = (stream, shards);
        }
        return _view;
    }

    public string NumberOf(int shard, long position, long arrivalUnixMs) =>
        _seenShards?.All.FirstOrDefault(known => known.Index == shard) is { } found
            ? SequenceNumber.OfRecord(found, position, arrivalUnixMs).ToString()
            : position.ToString(CultureInfo.InvariantCulture);

    /// <summary>Retention is the stream's own.</summary>
    public ValueTask ReleaseAsync(long unixMilliseconds, CancellationToken cancellation) => ValueTask.CompletedTask;
}
