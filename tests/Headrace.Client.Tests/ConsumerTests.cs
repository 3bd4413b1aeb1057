using System.Globalization;

namespace Headrace.Client.Tests;

public sealed class ConsumerTests
{
    private static readonly ConsumerOptions ToTip = new() { Follow = false };

    [Fact]
    public async Task A_stream_is_read_to_its_tip_parents_before_children()
    {
        var stream = new StubStream()
            .Shard("merged", ["a", "b"], 21, 22, 23)
            .Shard("a", ["root"], 11, 12).Shard("b", ["root"], 13, 14, 15)
            .Shard("root", [], 1, 2, 3).Shard("other", [], 31);

        var read = await ReadAsync(stream, ToTip);

        read.Order().ShouldBe([1, 2, 3, 11, 12, 13, 14, 15, 21, 22, 23, 31]);
        read.FindIndex(n => n is >= 11 and < 20).ShouldBeGreaterThan(read.IndexOf(3));
        read.IndexOf(21).ShouldBeGreaterThan(Math.Max(read.IndexOf(12), read.IndexOf(15)));
        read.Where(n => n is >= 13 and < 20).ShouldBe([13, 14, 15]);
    }

    [Fact]
    public async Task An_expired_iterator_is_renewed_after_the_last_record()
    {
        var expired = 0;
        var stream = new StubStream { PageSize = 1 }.Shard("s", [], 1, 2, 3, 4);
        stream.Before = (operation, call) => operation == "GetRecords" && call % 2 == 0 && expired++ < 3
            ? (true, StubService.Error("ExpiredIteratorException"))
            : (false, null);

        (await ReadAsync(stream, ToTip)).ShouldBe([1, 2, 3, 4]);
        expired.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Throttling_and_outages_lose_and_repeat_nothing()
    {
        var stream = new StubStream { PageSize = 1 }.Shard("s", [], 1, 2, 3, 4, 5);
        stream.Before = (operation, call) => (operation, call % 3) switch
        {
            ("ListShards", _) => (false, null),
            (_, 0) => (true, null),
            (_, 1) => (true, StubService.Error("ProvisionedThroughputExceededException")),
            _ => (false, null),
        };

        (await ReadAsync(stream, ToTip)).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task Checkpoints_are_gone_on_from_and_children_of_what_was_read_start_at_their_beginning()
    {
        var stream = new StubStream().Shard("root", [], 1, 2, 3).Shard("child", ["root"], 4, 5).Shard("new", [], 6);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "checkpoints.json");
        var store = new FileCheckpointStore(path);
        (await store.LoadAsync()).ShouldBeEmpty();
        await store.SaveAsync(new Dictionary<string, string> { ["root"] = "1" });
        await store.SaveAsync(new Dictionary<string, string> { ["root"] = "2" });

        (await ReadAsync(stream, ToTip with { Checkpoints = new FileCheckpointStore(path), From = StartingPosition.Latest })).ShouldBe([3, 4, 5]);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task A_shard_that_splits_while_followed_is_followed_into_its_children()
    {
        var stream = new StubStream().Shard("s", [], 1, 2);
        stream.Before = (operation, call) =>
        {
            if (call == 8)
                stream.Shard("s", [], 1, 2, 3).Shard("l", ["s"], 4).Shard("r", ["s"], 5);
            return (false, null);
        };
        using var client = stream.Client();
        var read = new List<int>();
        await foreach (var record in new Consumer(client, "stream").ReadAsync())
        {
            read.Add(int.Parse(record.SequenceNumber, CultureInfo.InvariantCulture));
            if (read.Count == 5)
                break;
        }

        read.Take(3).ShouldBe([1, 2, 3]);
        read.Skip(3).Order().ShouldBe([4, 5]);
    }

    [Fact]
    public async Task What_the_first_call_meets_is_told_at_once()
    {
        var nobody = new StubStream { Before = (_, _) => (true, null) };
        await Should.ThrowAsync<EndpointUnreachableException>(() => ReadAsync(nobody, ToTip));
        nobody.Calls.ShouldBe(1);

        var missing = new StubStream { Before = (_, _) => (true, StubService.Error("ResourceNotFoundException")) };
        (await Should.ThrowAsync<KinesisException>(() => ReadAsync(missing, ToTip))).ErrorType.ShouldBe("ResourceNotFoundException");

        var noShard = new StubStream().Shard("s", [], 1);
        (await Should.ThrowAsync<KinesisException>(() => ReadAsync(noShard, ToTip with { ShardId = "t" }))).Message.ShouldContain("no shard t");
    }

    [Fact]
    public async Task Cancelling_ends_the_reading()
    {
        using var client = new StubStream().Shard("s", [], 1).Client();
        using var cancellation = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in new Consumer(client, "stream").ReadAsync(cancellation.Token))
                await cancellation.CancelAsync();
        });
    }

    private static async Task<List<int>> ReadAsync(StubStream stream, ConsumerOptions options)
    {
        using var client = stream.Client();
        var read = new List<int>();
        await foreach (var record in new Consumer(client, "stream", options).ReadAsync())
            read.Add(int.Parse(record.SequenceNumber, CultureInfo.InvariantCulture));
        return read;
    }
}
