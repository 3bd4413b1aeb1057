using Headrace.Cli.Top;

namespace Headrace.Cli.Tests.Top;

public sealed class TopTablesTests
{
    private static readonly StreamOverview Orders = new("orders", "ACTIVE", 2, 100, 1_000, 50, 500, 10, 20, null, [new ConsumerOverview("auditor", 40, 12_000)]);
    private static readonly DeliveryOverview Archive = new("archive", "ACTIVE", "orders", "bucket", 7, 70, 4_000, 2, 90, 900, null);
    private static readonly PipelineOverview Sessions = new("sessions", "etl", "orders", 100, 4, 900, 250, [new RouteOverview("a", 60), new RouteOverview("b", 40)], [new WorkerOverview("w")]);

    [Fact]
    public void Rates_are_what_came_between_two_looks()
    {
        var before = new Overview(1_000, "000000000000", "us-east-1", [Orders], [Archive], [Sessions]);
        var now = new Overview(
            3_000,
            "000000000000",
            "us-east-1",
            [Orders with { Records = 3_100, IncomingBytes = 61_000, OutgoingRecords = 1_050, Puts = 14, PutMilliseconds = 26, IteratorAgeMilliseconds = 1_500, Consumers = [new ConsumerOverview("auditor", 140, 12_000)] }],
            [Archive with { DeliveredRecords = 1_090, DeliveredBytes = 20_900, OldestBuffered = 2_000 }],
            [Sessions with { Read = 300, DeadLettered = 5, MillisBehindLatest = 2_000, Routes = [new RouteOverview("a", 150), new RouteOverview("b", 90)] }]);
        Rows(now, before).ShouldBe(
        [
            ["orders", "ACTIVE", "2", "3,100", "1,500", "30,000", "500", "0", "1.5", "1.5", "s"],
            ["auditor", "orders", "140", "50", "12", "s"],
            ["sessions", "etl", "orders", "1", "2.0", "s", "100", "70", "5", "0.3", "s"],
            ["archive", "orders", "bucket", "7", "1.0", "s", "1,090", "in", "2", "500", "10,000"],
        ]);
    }

    [Fact]
    public void What_was_made_anew_has_no_rate_yet()
    {
        var before = new Overview(1_000, "000000000000", "us-east-1", [Orders], [], null);
        var now = before with { Time = 2_000, Streams = [Orders with { Records = 3, IncomingBytes = 30, Consumers = [] }, Orders with { Name = "new", Consumers = [] }] };
        var rows = Rows(now, before);
        rows[0].Skip(3).Take(2).ShouldBe(["3", "0"]);
        rows[1].Skip(3).Take(2).ShouldBe(["100", "0"]);
    }

    [Fact]
    public void Channels_have_a_table_of_their_own()
    {
        var channel = Archive with { Name = "channel/to-lake", Channel = new ChannelOverview("to-lake") };
        var now = new Overview(1_000, "000000000000", "us-east-1", [], [Archive, channel], null);
        TopTables.Of(now, now).Select(static table => table.Lines().First().Split("  ")[0].Trim()).ShouldBe(["stream", "delivery stream", "channel"]);
        Rows(now, now).Select(static row => row[0]).ShouldBe(["archive", "to-lake"]);
        TopTables.Of(now with { DeliveryStreams = [channel] }, now).Count().ShouldBe(2);
    }

    /// <summary>The words of all rows below the headings.</summary>
    private static List<string[]> Rows(Overview now, Overview before) =>
        [.. TopTables.Of(now, before).SelectMany(static table => table.Lines().Skip(2)).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
