using System.Net;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Failures;

/// <summary>A disk without a free byte: everybody is told, nothing acknowledged is lost, and with room the work goes on.</summary>
public sealed class FullDiskTests
{
    private const string Stream = "orders";

    // Larger than what may be left in the log's last page.
    private static readonly byte[] Large = new byte[100_000];

    [Fact]
    public async Task Puts_and_creations_are_refused_until_there_is_room()
    {
        using var folder = new TemporaryFolder();
        await using var server = await SmallDisk.StartServerAsync(folder, mebibytes: 24);
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync(Stream, shards: 1);
        var promised = new List<string> { await kinesis.PutRecordAsync(Stream, "before", Large) };
        (await server.RunAsync(["buckets", "create", "bucket"])).ShouldHaveExited(0);
        var disk = new SmallDisk(server);

        disk.Fill();
        // What the log has prepared for its next records is still there for them.
        for (var more = 0; more < 20 && await TryPutAsync(kinesis) is { } accepted; more++)
            promised.Add(accepted);
        await ShouldBeRefusedAsync(kinesis, "PutRecord", Put());
        await ShouldBeRefusedAsync(kinesis, "CreateStream", new() { ["StreamName"] = "no-room", ["ShardCount"] = 100 });
        (await server.RunAsync(["streams", "create", "no-room", "--shards", "100"])).ShouldHaveFailedClearly(1).ShouldContain("disk is full");
        (await server.RunAsync(["buckets", "cp", folder.Write("object", new string('x', 100_000)), "s3://bucket/object"])).ShouldHaveFailedClearly(1).ShouldContain("no room left");
        (await SequenceNumbersAsync(kinesis)).ShouldBe(promised);
        using var http = new HttpClient();
        using var ready = await http.GetAsync(new Uri(server.Endpoint, "/readyz"), TestContext.Current.CancellationToken);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The disk of the data directory is full");

        disk.Free();
        promised.Add(await kinesis.PutRecordAsync(Stream, "after", Large));
        (await SequenceNumbersAsync(kinesis)).ShouldBe(promised);
        await kinesis.CreateStreamAsync("room", shards: 1);
        server.Log.ShouldNotContain("   at ", Case.Sensitive);
    }

    [Fact]
    public async Task Produce_waits_for_room_and_gives_up_with_one_line()
    {
        using var folder = new TemporaryFolder();
        await using var server = await SmallDisk.StartServerAsync(folder, mebibytes: 24);
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync(Stream, shards: 1);
        new SmallDisk(server).Fill();
        var result = await server.RunAsync(["produce", "--stream", Stream, "-", "--partition-key", "k"], $"\"{new string('x', 200_000)}\"\n");
        result.ShouldHaveFailedClearly(1).ShouldContain("disk is full");
    }

    private static JsonObject Put() => new() { ["StreamName"] = Stream, ["PartitionKey"] = "k", ["Data"] = Convert.ToBase64String(Large) };

    /// <returns>The sequence number; null when the put was refused.</returns>
    private static async Task<string?> TryPutAsync(KinesisHttp kinesis)
    {
        using var answer = await kinesis.SendAsync("PutRecord", new StringContent(Put().ToJsonString()));
        return answer.IsSuccessStatusCode ? (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["SequenceNumber"] : null;
    }

    private static async Task ShouldBeRefusedAsync(KinesisHttp kinesis, string operation, JsonObject members)
    {
        using var answer = await kinesis.SendAsync(operation, new StringContent(members.ToJsonString()));
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(500, body);
        ((string?)JsonNode.Parse(body)!["__type"]).ShouldBe("InternalFailure");
        body.ShouldContain("disk is full");
    }

    private static async Task<List<string>> SequenceNumbersAsync(KinesisHttp kinesis) =>
        [.. (await kinesis.ReadAllAsync(Stream)).Select(record => record.SequenceNumber)];
}
