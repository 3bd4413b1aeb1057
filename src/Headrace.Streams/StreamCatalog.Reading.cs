using Headrace.ShardLog;
using Headrace.Streams.Iterators;

namespace Headrace.Streams;

// Iterators and what is read by them.
public sealed partial class StreamCatalog
{
    /// <summary>An iterator over a shard from a starting position on.</summary>
    /// <exception cref="StreamsException">ResourceNotFound: no such shard. InvalidArgument: a position that isn't the shard's. ThroughputExceeded.</exception>
    public async ValueTask<string> IterateAsync(DataStream stream, Shard shard, StartingPosition start, CancellationToken cancellation = default)
    {
        CountIterator(stream, shard);
        var position = await ResolveAsync(stream, shard, start, cancellation);
        return Iterator(stream, shard, position);
    }

    /// <summary>Reads records by an iterator into a page.</summary>
    /// <exception cref="StreamsException">InvalidArgument: no iterator of ours. ExpiredIterator. ResourceNotFound: stream or shard have gone. ThroughputExceeded.</exception>
    public async ValueTask<ShardReading> ReadAsync(string iteratorText, int maxRecords, RecordPage page, CancellationToken cancellation = default)
    {
        if (!ShardIterator.TryParse(iteratorText, Seal, out var iterator))
            throw new StreamsException(StreamsFault.InvalidArgument, "Invalid ShardIterator.");
        var now = Time.GetUtcNow();
        if (now - iterator.IssuedAt > StreamLimits.IteratorLife)
        {
            throw new StreamsException(
                StreamsFault.ExpiredIterator,
                $"Iterator expired. The iterator was created at time {Shown(iterator.IssuedAt)} while right now it is {Shown(now)} which is further in the future than the tolerated delay of 300000 milliseconds.");
        }
        if (Find(iterator.Scope, iterator.StreamName) is not { IsServing: true } stream || stream.Map.Find(iterator.ShardIndex) is not { } shard)
            throw NoShardToRead(iterator.Scope, iterator.StreamName, iterator.ShardIndex);
        var begun = stream.Traffic.Begin();
        try
        {
            CountRead(stream, shard);
            // Of another stream of the same name nothing was read yet.
            var position = stream.Id == iterator.StreamId ? iterator.Position : stream.Log.GetExtent(shard.Index).First;
            await stream.Log.ReadAsync(shard.Index, position, new ReadLimits(maxRecords, StreamLimits.MaxGetRecordsBytes), page, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            stream.Traffic.CountFailedRead(begun);
            throw;
        }
        stream.Shares?.Of(shard.Index).CountRead(page.ByteLength);
        var reading = Describe(stream, shard, page, now);
        stream.Traffic.CountRead(begun, shard.Index, page, reading.MillisBehindLatest, stream.CountsShards);
        return reading;
    }

    /// <summary>Checks the number that a put is to be ordered behind. The put's own is greater than any that was given out.</summary>
    /// <exception cref="StreamsException">InvalidArgument: no number that can have been given out.</exception>
    public void RequireOrdering(DataStream stream, string text)
    {
        if (!SequenceNumberClaim.TryParse(text, out var claim) || claim.ArrivalSeconds > Time.GetUtcNow().ToUnixTimeSeconds())
        {
            throw new StreamsException(
                StreamsFault.InvalidArgument,
                $"ExclusiveMinimumSequenceNumber {SequenceNumberClaim.Shown(text)} used in PutRecord on stream {stream.Name} under account {stream.Scope.AccountId} is invalid.");
        }
    }

    private ShardReading Describe(DataStream stream, Shard shard, RecordPage page, DateTimeOffset now)
    {
        // The shard may have been closed since the iterator's stream was looked up: its newest state decides.
        var current = stream.Map.Find(shard.Index) ?? shard;
        if (current.ClosedEnd <= page.NextPosition)
            return new ShardReading(stream, current, null, 0, [.. stream.Map.All.Where(child => child.IsChildOf(shard.Index))]);
        var behind = page.NextPosition >= page.End || page.Count == 0 ? 0 : Math.Max(0, now.ToUnixTimeMilliseconds() - page[page.Count - 1].ArrivalUnixMs);
        return new ShardReading(stream, current, Iterator(stream, shard, page.NextPosition), behind, []);
    }

    private string Iterator(DataStream stream, Shard shard, long position) =>
        new ShardIterator(stream.Scope, stream.Name, stream.Id, shard.Index, position, Time.GetUtcNow()).ToText(Seal);

    private async ValueTask<long> ResolveAsync(DataStream stream, Shard shard, StartingPosition start, CancellationToken cancellation) => start.Type switch
    {
        IteratorType.TrimHorizon => stream.Log.GetExtent(shard.Index).First,
        IteratorType.Latest => stream.Log.GetExtent(shard.Index).End,
        IteratorType.AtTimestamp => await stream.Log.FindAsync(shard.Index, PastTime(start.Timestamp!.Value), cancellation),
        IteratorType.AtSequenceNumber => Bounded(stream, shard, Math.Max(0, PositionOf(stream, shard, start.SequenceNumber!))),
        _ => Bounded(stream, shard, PositionOf(stream, shard, start.SequenceNumber!) + 1),
    };

    private long PastTime(DateTimeOffset timestamp)
    {
        var asked = timestamp.ToUnixTimeMilliseconds();
        var now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        return asked <= now
            ? asked
            : throw new StreamsException(
                StreamsFault.InvalidArgument,
                $"The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: {asked}, currentTimestampInMillis: {now}");
    }

    private static long PositionOf(DataStream stream, Shard shard, string text)
    {
        if (!SequenceNumberClaim.TryParse(text, out var claim))
            throw Unusable("is invalid.");
        if (claim.ShardIndex != shard.Index)
        {
            throw new StreamsException(
                StreamsFault.InvalidArgument,
                $"Invalid StartingSequenceNumber. It encodes {Shard.IdOf(claim.ShardIndex)}, while it was used in a call to a shard with {shard.Id}");
        }
        if (!SequenceNumber.TryParse(text, out var number) || number.ShardCreatedSeconds != shard.CreatedAt.ToUnixTimeSeconds())
            throw Unusable("is invalid because it did not come from this stream.");
        return number.Position;

        StreamsException Unusable(string why) => new(
            StreamsFault.InvalidArgument,
            $"StartingSequenceNumber {SequenceNumberClaim.Shown(text)} used in GetShardIterator on shard {shard.Id} in stream {stream.Name} under account {stream.Scope.AccountId} {why}");
    }

    /// <summary>Beyond the tip means the tip; a closed shard's ending number is beyond it as well.</summary>
    private static long Bounded(DataStream stream, Shard shard, long position) => Math.Min(position, stream.Log.GetExtent(shard.Index).End);

    private static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
