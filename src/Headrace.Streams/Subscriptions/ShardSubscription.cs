using Headrace.ShardLog;
using Headrace.Streams.Consumers;
using Headrace.Streams.Limits;

namespace Headrace.Streams.Subscriptions;

/// <summary>
/// A consumer's subscription to a shard, for five minutes. One reader at a time calls <see cref="WaitAsync"/> and
/// <see cref="ReadAsync"/> in turn; ending it is safe from any thread. While it waits it holds neither thread nor page.
/// </summary>
public sealed class ShardSubscription : IDisposable
{
    private readonly SubscriptionBook _book;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cut;
    private readonly TokenBucket? _pace;
    private long _lastEventAt;
    private CancellationTokenSource? _waiting;
    private SubscriptionEnd? _end;
    private bool _disposed;

    internal ShardSubscription(SubscriptionBook book, StreamConsumer consumer, Shard shard, long position, TimeProvider time)
    {
        _book = book;
        Consumer = consumer;
        Shard = shard;
        Position = position;
        _time = time;
        _pace = consumer.Stream.Shares is null ? null : new TokenBucket(time, StreamLimits.PushBytesPerSecond, StreamLimits.PushBytesPerSecond);
        _startedAt = _lastEventAt = time.GetTimestamp();
        _cut = new CancellationTokenSource(StreamLimits.SubscriptionLife + StreamLimits.SubscriptionGrace, time);
        consumer.Stream.ShardsChanged += Wake;
    }

    public StreamConsumer Consumer { get; }

    public Shard Shard { get; private set; }

    /// <summary>The position that is pushed next.</summary>
    public long Position { get; private set; }

    /// <summary>Why it has ended; null while it goes on.</summary>
    public SubscriptionEnd? End
    {
        get
        {
            lock (_lock)
                return _end;
        }
    }

    /// <summary>Fires five seconds after the end: a client that does not take what was pushed is not waited for any longer.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>True when the five minutes have passed, so that the next wait ends it.</summary>
    public bool IsLifeOver => _time.GetElapsedTime(_startedAt) >= StreamLimits.SubscriptionLife;

    /// <summary>
    /// Waits until an event is due: records are there, the shard is closed, or nothing was pushed for five seconds.
    /// </summary>
    /// <returns>False when the subscription has ended instead; <see cref="End"/> says why.</returns>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            var life = StreamLimits.SubscriptionLife - _time.GetElapsedTime(_startedAt);
            if (life <= TimeSpan.Zero)
                Finish(SubscriptionEnd.LifeOver);
            var quiet = StreamLimits.SubscriptionHeartbeat - _time.GetElapsedTime(_lastEventAt);
            if (quiet <= TimeSpan.Zero)
                return End is null;
            using var timeout = new CancellationTokenSource(life < quiet && life > TimeSpan.Zero ? life : quiet, _time);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
            // Whoever wakes the wait from here on is noticed: what is looked at below is looked at afterwards.
            if (!TryBeginWait(waiting))
                return false;
            try
            {
                if (Stream.Map.Find(Shard.Index) is { ClosedEnd: { } end } && Position >= end)
                    return true;
                await Stream.Log.WaitForAsync(Shard.Index, Position, waiting.Token);
                return End is null;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Woken, or time has passed: another look tells.
            }
            finally
            {
                EndWait();
            }
        }
    }

    /// <summary>Reads what is pushed next into the page, which stays empty when the shard has nothing new.</summary>
    /// <exception cref="LogDamagedException">The records on disk are damaged.</exception>
    public async ValueTask<PushedEvent> ReadAsync(RecordPage page, CancellationToken cancellation = default)
    {
        if (_pace is not null)
            await KeepPaceAsync(_pace, cancellation);
        await Stream.Log.ReadAsync(Shard.Index, Position, new ReadLimits(StreamLimits.MaxGetRecords, StreamLimits.MaxEventBytes), page, cancellation);
        _pace?.Charge(page.ByteLength);
        Position = page.NextPosition;
        _lastEventAt = _time.GetTimestamp();
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var behind = Position >= page.End || page.Count == 0 ? 0 : Math.Max(0, now - page[page.Count - 1].ArrivalUnixMs);
        Consumer.Traffic.Push(page.Count, page.ByteLength, behind);
        if (Stream.CountsShards)
            Stream.Traffic.Of(Shard.Index).Give(page.Count, page.ByteLength);
        // The shard may have been closed meanwhile: its newest state decides.
        Shard = Stream.Map.Find(Shard.Index) ?? Shard;
        if (Shard.ClosedEnd <= Position)
        {
            Finish(SubscriptionEnd.ShardEnd);
            return new PushedEvent(Shard, null, 0, [.. Stream.Map.All.Where(child => child.IsChildOf(Shard.Index))]);
        }
        return new PushedEvent(Shard, Continuation(page, now), behind, []);
    }

    /// <summary>Gives the consumer's place at the shard free.</summary>
    public void Dispose()
    {
        Stream.ShardsChanged -= Wake;
        _book.Leave(this);
        lock (_lock)
        {
            _disposed = true;
            _cut.Dispose();
        }
    }

    /// <summary>Ends it; the first reason stays.</summary>
    internal void Finish(SubscriptionEnd reason)
    {
        lock (_lock)
        {
            if (_end is not null || _disposed)
                return;
            _end = reason;
            _cut.CancelAfter(StreamLimits.SubscriptionGrace);
            _waiting?.Cancel();
        }
    }

    private DataStream Stream => Consumer.Stream;

    /// <summary>Waits until the consumer's share of the shard allows another event, or the subscription has ended.</summary>
    private async ValueTask KeepPaceAsync(TokenBucket pace, CancellationToken cancellation)
    {
        while (pace.UntilAny is var rest && rest > TimeSpan.Zero)
        {
            using var timeout = new CancellationTokenSource(rest, _time);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
            if (!TryBeginWait(waiting))
                return;
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, waiting.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Time has passed, or it was woken for something else: another look tells.
            }
            finally
            {
                EndWait();
            }
        }
    }

    private SequenceNumber Continuation(RecordPage page, long now)
    {
        if (page.Count > 0)
            return SequenceNumber.OfRecord(Shard, page[page.Count - 1].Position, page[page.Count - 1].ArrivalUnixMs);
        // Reading after a number goes by its position alone, so the time that was seen last will do.
        return Position == 0 ? SequenceNumber.StartOf(Shard) : SequenceNumber.OfRecord(Shard, Position - 1, now);
    }

    private void Wake()
    {
        lock (_lock)
            _waiting?.Cancel();
    }

    private bool TryBeginWait(CancellationTokenSource waiting)
    {
        lock (_lock)
        {
            if (_end is not null)
                return false;
            _waiting = waiting;
            return true;
        }
    }

    private void EndWait()
    {
        lock (_lock)
            _waiting = null;
    }
}
