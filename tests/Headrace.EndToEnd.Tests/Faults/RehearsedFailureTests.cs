using System.Text.Json;
using Headrace.EndToEnd.Tests.Clients;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Faults;

/// <summary>Clients that retry lose nothing and store nothing twice where the server fails on purpose, or has its limits.</summary>
public sealed class RehearsedFailureTests
{
    private static readonly string[] Faults =
    [
        "--fault", "PutRecords=ProvisionedThroughputExceededException:10%",
        "--fault", "PutRecords=InternalFailure:5%",
        "--fault", "PutRecords=LostAnswer:20%",
        "--fault", "Kinesis.PutRecord=InternalFailure:5%",
        "--fault", "Kinesis.PutRecord=LostAnswer:6%",
        "--fault", "GetRecords=ProvisionedThroughputExceededException:20%:5ms",
        "--fault", "GetShardIterator=ServiceUnavailable:20%",
        "--fault-seed", "11",
    ];

    [Fact]
    public async Task Boto3_rides_them_out()
    {
        await using var server = await ServerProcess.StartAsync(options: Faults);
        var run = await Tool.RunAsync(server, Tool.Scripts, Tool.Python, "-W", "ignore::ResourceWarning", "boto3_faults.py");
        run.ShouldHaveExited(0).Error.ShouldContain("Ran 2 tests");
        server.Log.ShouldContain("rehearsing failures by 7 rules; --fault-seed 11 repeats them");
    }

    [Fact]
    public async Task So_does_headrace_produce()
    {
        await using var server = await ServerProcess.StartAsync(options: Faults);
        await ShouldStoreOnceAsync(server, 3000);
    }

    [Fact]
    public async Task With_AWSs_limits_headrace_produce_waits_and_loses_nothing()
    {
        await using var server = await ServerProcess.StartAsync(options: ["--limits", "aws"]);
        await ShouldStoreOnceAsync(server, 3000);
    }

    private static async Task ShouldStoreOnceAsync(ServerProcess server, int count)
    {
        (await server.RunAsync(["streams", "create", "orders", "--shards", "1"])).ShouldHaveExited(0);
        var produced = (await server.RunAsync(["produce", "--stream", "orders", "--generate", "--count", $"{count}", "--seed", "5", "--output", "json"])).ShouldHaveExited(0);
        var acknowledged = produced.OutputLines.Select(SequenceNumber).ToList();
        acknowledged.Count.ShouldBe(count);
        var consumed = (await server.RunAsync(["consume", "--stream", "orders", "--from", "trim-horizon", "--no-follow", "--output", "json"])).ShouldHaveExited(0);
        consumed.OutputLines.Select(SequenceNumber).ShouldBe(acknowledged.Order(StringComparer.Ordinal));
    }

    private static string SequenceNumber(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("sequenceNumber").GetString()!;
    }
}
