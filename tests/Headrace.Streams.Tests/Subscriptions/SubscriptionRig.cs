using System.Text;
using Headrace.ControlPlane;
using Headrace.Protocol.HashKeys;
using Headrace.ShardLog;
using Headrace.Streams.Consumers;
using Headrace.Streams.Iterators;
using Headrace.Streams.Subscriptions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Streams.Tests.Subscriptions;

/// <summary>A catalog with one stream of one shard, on a clock that the test moves.</summary>
internal sealed class SubscriptionRig : IAsyncDisposable
{
    private static readonly AccountScope Scope = new("000000000000", "us-east-1");

    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-subscriptions-").FullName;
    private ControlDatabase? _database;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public StreamCatalog Catalog { get; private set; } = null!;

    public DataStream Stream { get; private set; } = null!;

    public static async Task<SubscriptionRig> OpenAsync(bool enforceLimits = false)
    {
        var rig = new SubscriptionRig();
        rig._database = ControlDatabase.Open(Path.Combine(rig._directory, "headrace.db"));
        rig.Catalog = await StreamCatalog.OpenAsync(
            new StreamsOptions { Directory = Path.Combine(rig._directory, "streams"), Durability = Durability.Os, Time = rig.Time, StateDelay = TimeSpan.Zero, EnforceLimits = enforceLimits },
            rig._database,
            NullLogger.Instance);
        rig.Stream = await rig.Catalog.CreateAsync(Scope, new NewStream("s", StreamMode.Provisioned, 1));
        await rig.UntilAsync(() => rig.Stream.Status == StreamStatus.Active);
        return rig;
    }

    public async Task<StreamConsumer> RegisterAsync(string name)
    {
        var consumer = await Catalog.RegisterConsumerAsync(Scope, "s", name, []);
        await UntilAsync(() => consumer.Status == ConsumerStatus.Active);
        return consumer;
    }

    public async Task<ShardSubscription> SubscribeAsync(StreamConsumer consumer, StartingPosition? start = null, int shard = 0) =>
        (await Catalog.SubscribeAsync(consumer, Shard.IdOf(shard), start ?? new StartingPosition(IteratorType.TrimHorizon)))!;

    public async Task PutAsync(params string[] records)
    {
        using var batch = new RecordBatch();
        foreach (var record in records)
            batch.Add(0, Encoding.UTF8.GetBytes(record), Encoding.UTF8.GetBytes(record));
        await Stream.PutAsync(batch, records.Select(record => PartitionKeyHash.Of(Encoding.UTF8.GetBytes(record))).ToArray());
    }

    public async Task PutWithKeyAsync(string key, string record) => (await PutAsync(key, Encoding.UTF8.GetBytes(record))).ShouldBeNull();

    /// <summary>Puts one record; gives what was refused.</summary>
    public async Task<Puts.RefusedRecords?> PutAsync(string key, byte[] data)
    {
        using var batch = new RecordBatch();
        batch.Add(0, Encoding.UTF8.GetBytes(key), data);
        return (await Stream.PutAsync(batch, new[] { PartitionKeyHash.Of(Encoding.UTF8.GetBytes(key)) })).Refused;
    }

    /// <summary>Splits an open shard in its middle, or merges two neighbours.</summary>
    public async Task ReshardAsync(Random random)
    {
        var open = Stream.Map.Open.ToArray();
        var at = random.Next(open.Length);
        if (at + 1 < open.Length && random.Next(2) == 0)
            await Catalog.MergeShardsAsync(Scope, "s", open[at].Id, open[at + 1].Id);
        else
            await Catalog.SplitShardAsync(Scope, "s", open[at].Id, open[at].Range.Start + ((open[at].Range.End - open[at].Range.Start) / 2));
        await UntilAsync(() => Stream.Status == StreamStatus.Active);
    }

    public async Task SplitAsync()
    {
        await Catalog.SplitShardAsync(Scope, "s", Shard.IdOf(0), UInt128.MaxValue / 2);
        await UntilAsync(() => Stream.Status == StreamStatus.Active);
    }

    public Task DeregisterAsync(StreamConsumer consumer) => Catalog.DeregisterConsumerAsync(consumer);

    public Task DeleteStreamAsync() => Catalog.DeleteAsync(Scope, "s", withConsumers: true);

    /// <summary>The next event's records and what else it says.</summary>
    public static async Task<(string[] Records, PushedEvent Event)> NextAsync(ShardSubscription subscription) => (await TryNextAsync(subscription)).ShouldNotBeNull();

    /// <summary>The same; null when the subscription has ended.</summary>
    public static async Task<(string[] Records, PushedEvent Event)?> TryNextAsync(ShardSubscription subscription)
    {
        if (!await subscription.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)))
            return null;
        using var page = new RecordPage();
        var pushed = await subscription.ReadAsync(page);
        return ([.. Enumerable.Range(0, page.Count).Select(i => Encoding.UTF8.GetString(page[i].Data))], pushed);
    }

    /// <summary>Waits for a wait that must end without an event.</summary>
    public static async Task ShouldEndAsync(Task<bool> wait) => (await wait.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeFalse();

    public async ValueTask DisposeAsync()
    {
        await Catalog.DisposeAsync();
        _database!.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!condition())
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline);
            await Task.Delay(1);
        }
    }
}
