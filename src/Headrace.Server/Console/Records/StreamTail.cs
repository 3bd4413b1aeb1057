using Headrace.ShardLog;
using Headrace.Streams;

namespace Headrace.Server.Console.Records;

/// <summary>
/// Follows all of a stream's shards from their tips on, also over resharding. Somebody reads along, so no more is sent than can be
/// read: what comes faster is jumped over and counted. One page's tail; not thread-safe.
/// </summary>
internal sealed class StreamTail(StreamCatalog streams, DataStream stream)
{
    /// <summary>Records and bytes that a shard gives at each look; beyond it the tail jumps to the shard's tip.</summary>
    private static readonly ReadLimits EachLook = new(MaxRecords: 50, MaxBytes: 256 * 1024);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<int, long> _positions = [];
    private readonly RecordWriting _records = new();

    /// <summary>Completes when the stream has gone.</summary>
    public async Task FollowAsync(ServerSentEvents.Emit emit, CancellationToken cancellation)
    {
        foreach (var shard in stream.Shards)
            _positions[shard.Index] = stream.Log.GetExtent(shard.Index).End;
        await emit("start", writer => writer.WriteString("stream", stream.Name));
        using var page = new RecordPage();
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(cancellation) && streams.FindById(stream.Id) is { IsServing: true })
        {
            foreach (var shard in stream.Shards)
                await LookAsync(shard, page, emit, cancellation);
        }
        await emit("end", writer => writer.WriteString("stream", stream.Name));
    }

    private async Task LookAsync(Shard shard, RecordPage page, ServerSentEvents.Emit emit, CancellationToken cancellation)
    {
        // A shard that was opened meanwhile is read from its beginning.
        var from = _positions.GetValueOrDefault(shard.Index);
        if (stream.Log.GetExtent(shard.Index).End <= from)
            return;
        await stream.Log.ReadAsync(shard.Index, from, EachLook, page, cancellation);
        var skipped = Math.Max(0, page.End - page.NextPosition);
        _positions[shard.Index] = page.NextPosition + skipped;
        await emit("records", writer =>
        {
            writer.WriteStartArray("records");
            for (var i = 0; i < page.Count; i++)
                _records.Write(writer, shard, page[i]);
            writer.WriteEndArray();
            writer.WriteNumber("skipped", skipped);
        });
    }
}
