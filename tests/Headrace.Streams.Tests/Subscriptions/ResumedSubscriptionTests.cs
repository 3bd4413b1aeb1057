using Headrace.Streams.Consumers;
using Headrace.Streams.Iterators;
using Headrace.Streams.Subscriptions;

namespace Headrace.Streams.Tests.Subscriptions;

/// <summary>A consumer that subscribes shard by shard, is cut off at random and goes on behind its last event, while shards are split and merged.</summary>
public sealed class ResumedSubscriptionTests
{
    private const int Seeds = 12;
    private const int Steps = 80;

    public static TheoryData<int> AllSeeds => [.. Enumerable.Range(1, Seeds)];

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task Nothing_is_missed_and_nothing_comes_twice(int seed)
    {
        await using var rig = await SubscriptionRig.OpenAsync();
        using var follower = new Follower(rig, await rig.RegisterAsync("c"));
        var random = new Random(seed);
        var sent = new Dictionary<string, List<string>>();
        for (var step = 0; step < Steps; step++)
        {
            switch (random.Next(8))
            {
                case < 3:
                    for (var i = random.Next(1, 6); i > 0; i--)
                    {
                        var key = $"key {random.Next(20)}";
                        var records = sent.TryGetValue(key, out var known) ? known : sent[key] = [];
                        records.Add($"{key}: {records.Count}");
                        await rig.PutWithKeyAsync(key, records[^1]);
                    }
                    break;
                case 3:
                    await rig.ReshardAsync(random);
                    break;
                case 4:
                    follower.CutOff(random);
                    break;
                default:
                    await follower.TakeAsync(random);
                    break;
            }
        }
        var total = sent.Values.Sum(records => records.Count);
        for (var rounds = 0; follower.Count < total; rounds++)
        {
            rounds.ShouldBeLessThan(10_000, $"{follower.Count} of {total} records came, seed {seed}");
            await follower.TakeAsync(random);
        }
        follower.Received.Keys.ShouldBe(sent.Keys, ignoreOrder: true);
        foreach (var (key, records) in sent)
            follower.Received[key].ShouldBe(records, $"{key}, seed {seed}");
    }

    private sealed class Follower(SubscriptionRig rig, StreamConsumer consumer) : IDisposable
    {
        private readonly Dictionary<int, Place> _shards = new() { [0] = new Place(null, new StartingPosition(IteratorType.TrimHorizon)) };
        private readonly HashSet<int> _ended = [];

        public Dictionary<string, List<string>> Received { get; } = [];

        public int Count => Received.Values.Sum(records => records.Count);

        /// <summary>Ends a subscription as a broken connection does.</summary>
        public void CutOff(Random random)
        {
            var shard = _shards.Keys.ElementAt(random.Next(_shards.Count));
            _shards[shard].Subscription?.Dispose();
            _shards[shard] = _shards[shard] with { Subscription = null };
        }

        /// <summary>Takes one event of some shard, which is subscribed to first where it is not.</summary>
        public async Task TakeAsync(Random random)
        {
            var shard = _shards.Keys.ElementAt(random.Next(_shards.Count));
            var (subscription, start) = _shards[shard];
            if (subscription is null)
            {
                // So long after the last one the next is let in.
                rig.Time.Advance(TimeSpan.FromSeconds(5));
                subscription = await rig.SubscribeAsync(consumer, start, shard);
            }
            // An event is due then, with records or without.
            rig.Time.Advance(TimeSpan.FromSeconds(5));
            if (await SubscriptionRig.TryNextAsync(subscription) is not { } next)
            {
                subscription.End.ShouldBe(SubscriptionEnd.LifeOver);
                subscription.Dispose();
                _shards[shard] = new Place(null, start);
                return;
            }
            foreach (var record in next.Records)
            {
                var key = record.Split(':')[0];
                (Received.TryGetValue(key, out var records) ? records : Received[key] = []).Add(record);
            }
            if (next.Event.Continuation is { } number)
                _shards[shard] = new Place(subscription, new StartingPosition(IteratorType.AfterSequenceNumber, number.ToString()));
            else
                Leave(shard, subscription, next.Event.ChildShards);
        }

        public void Dispose()
        {
            foreach (var place in _shards.Values)
                place.Subscription?.Dispose();
        }

        /// <summary>A child is read when all its parents have been.</summary>
        private void Leave(int shard, ShardSubscription subscription, IReadOnlyList<Shard> children)
        {
            subscription.Dispose();
            _shards.Remove(shard);
            _ended.Add(shard);
            foreach (var child in children)
            {
                if (_ended.Contains(child.ParentIndex!.Value) && (child.AdjacentParentIndex is not { } other || _ended.Contains(other)))
                    _shards[child.Index] = new Place(null, new StartingPosition(IteratorType.TrimHorizon));
            }
        }

        private sealed record Place(ShardSubscription? Subscription, StartingPosition Start);
    }
}
