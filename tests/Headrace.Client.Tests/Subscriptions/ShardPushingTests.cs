using System.Globalization;
using static Headrace.Client.Tests.Subscriptions.StubSubscriptions;

namespace Headrace.Client.Tests.Subscriptions;

public sealed class ShardPushingTests
{
    [Fact]
    public async Task Subscription_follows_subscription_without_gap_or_repeat()
    {
        var service = new StubSubscriptions(
            Frames(Event("5", 4, 5), Event("6")),
            Refused("ResourceInUseException"),
            Broken(Event("7", 7)),
            Frames(Event("8", 8), Failure("InternalFailureException")),
            Refused("InternalFailure", 500),
            Frames(Event(null, 9)));
        using var client = service.Client();

        (await ReadAsync(client, StartingPosition.AfterSequenceNumber("3"))).ShouldBe([4, 5, 7, 8, 9]);

        service.Starts.ShouldBe([
            "AFTER_SEQUENCE_NUMBER 3", "AFTER_SEQUENCE_NUMBER 6", "AFTER_SEQUENCE_NUMBER 6", "AFTER_SEQUENCE_NUMBER 7", "AFTER_SEQUENCE_NUMBER 8", "AFTER_SEQUENCE_NUMBER 8"]);
    }

    [Fact]
    public async Task From_latest_nothing_is_passed_over_when_the_first_subscription_breaks()
    {
        var service = new StubSubscriptions(Frames(), Frames(Event(null, 1)));
        using var client = service.Client();
        (await ReadAsync(client, StartingPosition.Latest)).ShouldBe([1]);
        service.Starts.ShouldBe(["LATEST", "AT_TIMESTAMP"]);
    }

    [Fact]
    public async Task A_refusal_that_stays_is_told()
    {
        var service = new StubSubscriptions(Frames(Event("5", 4, 5)), Refused("ResourceNotFoundException"));
        using var client = service.Client();
        (await Should.ThrowAsync<KinesisException>(() => ReadAsync(client, StartingPosition.TrimHorizon))).ErrorType.ShouldBe("ResourceNotFoundException");
    }

    [Fact]
    public async Task An_event_larger_than_a_buffer_is_read_whole()
    {
        var service = new StubSubscriptions(Frames(Event("9", [.. Enumerable.Range(0, 5_000)]), Event(null)));
        using var client = service.Client();
        (await ReadAsync(client, StartingPosition.TrimHorizon)).ShouldBe(Enumerable.Range(0, 5_000));
    }

    private static async Task<List<int>> ReadAsync(KinesisClient client, StartingPosition from)
    {
        var read = new List<int>();
        await foreach (var pushed in new ShardPushing(client, "arn", "s", from).ReadAsync(CancellationToken.None))
            read.AddRange(pushed.Records.Select(record => int.Parse(record.Data.Span, CultureInfo.InvariantCulture)));
        return read;
    }
}
