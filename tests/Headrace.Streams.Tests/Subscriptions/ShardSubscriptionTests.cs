using Headrace.Streams.Iterators;
using Headrace.Streams.Subscriptions;

namespace Headrace.Streams.Tests.Subscriptions;

public sealed class ShardSubscriptionTests : IAsyncLifetime
{
    private SubscriptionRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await SubscriptionRig.OpenAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_waiting_subscription_is_woken_by_a_put()
    {
        using var subscription = await _rig.SubscribeAsync(await _rig.RegisterAsync("c"));
        var next = SubscriptionRig.NextAsync(subscription);
        next.IsCompleted.ShouldBeFalse();
        await _rig.PutAsync("a", "b");
        var (records, pushed) = await next;
        records.ShouldBe(["a", "b"]);
        pushed.MillisBehindLatest.ShouldBe(0);
        pushed.ChildShards.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_starting_position_begins_where_it_says()
    {
        await _rig.PutAsync("a");
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        var between = _rig.Time.GetUtcNow();
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        await _rig.PutAsync("b");
        using var whole = await _rig.SubscribeAsync(await _rig.RegisterAsync("horizon"));
        var (records, last) = await SubscriptionRig.NextAsync(whole);
        records.ShouldBe(["a", "b"]);
        var number = last.Continuation.ToString();

        using var latest = await _rig.SubscribeAsync(await _rig.RegisterAsync("latest"), new StartingPosition(IteratorType.Latest));
        using var time = await _rig.SubscribeAsync(await _rig.RegisterAsync("time"), new StartingPosition(IteratorType.AtTimestamp, Timestamp: between));
        using var at = await _rig.SubscribeAsync(await _rig.RegisterAsync("at"), new StartingPosition(IteratorType.AtSequenceNumber, number));
        using var after = await _rig.SubscribeAsync(await _rig.RegisterAsync("after"), new StartingPosition(IteratorType.AfterSequenceNumber, number));
        await _rig.PutAsync("c");
        (await SubscriptionRig.NextAsync(latest)).Records.ShouldBe(["c"]);
        (await SubscriptionRig.NextAsync(time)).Records.ShouldBe(["b", "c"]);
        (await SubscriptionRig.NextAsync(at)).Records.ShouldBe(["b", "c"]);
        (await SubscriptionRig.NextAsync(after)).Records.ShouldBe(["c"]);
    }

    [Fact]
    public async Task An_idle_subscription_beats_every_five_seconds_and_its_number_leads_on()
    {
        await _rig.PutAsync("old");
        using var subscription = await _rig.SubscribeAsync(await _rig.RegisterAsync("c"), new StartingPosition(IteratorType.Latest));
        var next = SubscriptionRig.NextAsync(subscription);
        _rig.Time.Advance(TimeSpan.FromSeconds(4.9));
        next.IsCompleted.ShouldBeFalse();
        _rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        var (records, pushed) = await next;
        records.ShouldBeEmpty();

        await _rig.PutAsync("new");
        using var resumed = await _rig.SubscribeAsync(await _rig.RegisterAsync("d"), new StartingPosition(IteratorType.AfterSequenceNumber, pushed.Continuation.ToString()));
        (await SubscriptionRig.NextAsync(resumed)).Records.ShouldBe(["new"]);
    }

    [Fact]
    public async Task The_number_of_an_empty_shard_leads_to_its_first_record()
    {
        using var subscription = await _rig.SubscribeAsync(await _rig.RegisterAsync("c"));
        var next = SubscriptionRig.NextAsync(subscription);
        _rig.Time.Advance(TimeSpan.FromSeconds(5));
        var number = (await next).Event.Continuation.ToString();
        await _rig.PutAsync("first");
        using var resumed = await _rig.SubscribeAsync(await _rig.RegisterAsync("d"), new StartingPosition(IteratorType.AfterSequenceNumber, number));
        (await SubscriptionRig.NextAsync(resumed)).Records.ShouldBe(["first"]);
    }

    [Fact]
    public async Task It_lives_five_minutes()
    {
        using var subscription = await _rig.SubscribeAsync(await _rig.RegisterAsync("c"));
        for (var beat = 0; beat < 59; beat++)
        {
            var next = SubscriptionRig.NextAsync(subscription);
            _rig.Time.Advance(TimeSpan.FromSeconds(5));
            await next;
        }
        var wait = subscription.WaitAsync().AsTask();
        _rig.Time.Advance(TimeSpan.FromSeconds(5));
        await SubscriptionRig.ShouldEndAsync(wait);
        subscription.End.ShouldBe(SubscriptionEnd.LifeOver);
        subscription.Cut.IsCancellationRequested.ShouldBeFalse();
        _rig.Time.Advance(TimeSpan.FromSeconds(5));
        subscription.Cut.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_subscription_waits_five_seconds_and_then_takes_over()
    {
        var consumer = await _rig.RegisterAsync("c");
        using var first = await _rig.SubscribeAsync(consumer);
        var wait = first.WaitAsync().AsTask();
        _rig.Time.Advance(TimeSpan.FromSeconds(4.9));
        (await Should.ThrowAsync<StreamsException>(() => _rig.SubscribeAsync(consumer))).Fault.ShouldBe(StreamsFault.ResourceInUse);
        first.End.ShouldBeNull();
        _rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        using var second = await _rig.SubscribeAsync(consumer);
        // The heartbeat of the same second may have come first.
        while (await wait.WaitAsync(TimeSpan.FromSeconds(30)))
            wait = first.WaitAsync().AsTask();
        first.End.ShouldBe(SubscriptionEnd.TakenOver);
        second.End.ShouldBeNull();
        await _rig.PutAsync("a");
        (await SubscriptionRig.NextAsync(second)).Records.ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_subscription_that_is_over_does_not_let_the_next_begin_at_once()
    {
        var consumer = await _rig.RegisterAsync("c");
        (await _rig.SubscribeAsync(consumer)).Dispose();
        (await Should.ThrowAsync<StreamsException>(() => _rig.SubscribeAsync(consumer))).Fault.ShouldBe(StreamsFault.ResourceInUse);
        using var other = await _rig.SubscribeAsync(await _rig.RegisterAsync("d"));
        _rig.Time.Advance(TimeSpan.FromSeconds(5));
        using var again = await _rig.SubscribeAsync(consumer);
    }

    [Fact]
    public async Task A_split_ends_the_parents_subscription_with_its_children()
    {
        await _rig.PutAsync("a");
        using var subscription = await _rig.SubscribeAsync(await _rig.RegisterAsync("c"));
        (await SubscriptionRig.NextAsync(subscription)).Records.ShouldBe(["a"]);
        var next = SubscriptionRig.NextAsync(subscription);
        await _rig.SplitAsync();
        var (records, pushed) = await next;
        records.ShouldBeEmpty();
        pushed.Continuation.ShouldBeNull();
        pushed.ChildShards.Select(shard => shard.Index).ShouldBe([1, 2]);
        await SubscriptionRig.ShouldEndAsync(subscription.WaitAsync().AsTask());
        subscription.End.ShouldBe(SubscriptionEnd.ShardEnd);
    }

    [Fact]
    public async Task Subscriptions_end_with_their_consumer_their_stream_and_the_server()
    {
        var consumer = await _rig.RegisterAsync("c");
        using var first = await _rig.SubscribeAsync(consumer);
        var wait = first.WaitAsync().AsTask();
        await _rig.DeregisterAsync(consumer);
        await SubscriptionRig.ShouldEndAsync(wait);
        first.End.ShouldBe(SubscriptionEnd.ConsumerGone);
        (await Should.ThrowAsync<StreamsException>(() => _rig.SubscribeAsync(consumer))).Fault.ShouldBe(StreamsFault.ResourceInUse);

        using var second = await _rig.SubscribeAsync(await _rig.RegisterAsync("d"));
        var third = await _rig.RegisterAsync("e");
        _rig.Catalog.EndSubscriptions();
        second.End.ShouldBe(SubscriptionEnd.Stopping);
        await Should.ThrowAsync<ObjectDisposedException>(() => _rig.SubscribeAsync(third));
    }

    [Fact]
    public async Task With_limits_it_pushes_two_mebibytes_a_second()
    {
        await using var rig = await SubscriptionRig.OpenAsync(enforceLimits: true);
        for (var i = 0; i < 4; i++)
        {
            (await rig.PutAsync("k", new byte[(1024 * 1024) - 1])).ShouldBeNull();
            (await rig.PutAsync("k", new byte[(1024 * 1024) - 1]))!.Count.ShouldBe(1);
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        }
        using var subscription = await rig.SubscribeAsync(await rig.RegisterAsync("c"));
        // A second's share was saved, and is used up to the last byte.
        for (var i = 0; i < 2; i++)
            (await SubscriptionRig.NextAsync(subscription)).Records.Length.ShouldBe(1);
        var third = SubscriptionRig.NextAsync(subscription);
        third.IsCompleted.ShouldBeFalse();
        rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await third.WaitAsync(TimeSpan.FromSeconds(30))).Records.Length.ShouldBe(1);
        // Half a second's more than there was has been pushed.
        var fourth = SubscriptionRig.NextAsync(subscription);
        rig.Time.Advance(TimeSpan.FromMilliseconds(490));
        fourth.IsCompleted.ShouldBeFalse();
        rig.Time.Advance(TimeSpan.FromMilliseconds(20));
        (await fourth.WaitAsync(TimeSpan.FromSeconds(30))).Records.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_stream_ends_the_subscriptions_of_all_its_consumers()
    {
        using var subscription = await _rig.SubscribeAsync(await _rig.RegisterAsync("c"));
        var wait = subscription.WaitAsync().AsTask();
        await _rig.DeleteStreamAsync();
        await SubscriptionRig.ShouldEndAsync(wait);
        subscription.End.ShouldBe(SubscriptionEnd.ConsumerGone);
    }
}
