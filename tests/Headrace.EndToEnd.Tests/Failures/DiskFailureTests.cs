using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Failures;

/// <summary>
/// A disk that fails or is full: the put is refused with a 500 of AWS's and never acknowledged, the server lives on, serves what
/// it has, and takes puts again as soon as the disk does. What it acknowledged is there afterwards, also after a kill.
/// </summary>
public sealed class DiskFailureTests
{
    private const string Stream = "orders";

    [Theory]
    [InlineData("fdatasync,fsync", "EIO")]
    [InlineData("pwrite64,pwritev", "EIO")]
    [InlineData("pwrite64,pwritev", "ENOSPC")]
    public async Task A_disk_that_fails_for_a_while(string calls, string error)
    {
        await using var server = await ServerProcess.StartAsync();
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync(Stream, shards: 1);
        var promised = new List<string>();
        for (var i = 0; i < 3; i++)
            promised.Add(await kinesis.PutRecordAsync(Stream, "before", Encoding.UTF8.GetBytes($"{i}")));

        await using (var fault = await DiskFault.InjectAsync(server.ProcessId, calls, error))
        {
            for (var i = 0; i < 3; i++)
                await ShouldBeRefusedAsync(kinesis);
            fault.Count.ShouldBeGreaterThan(0);
            (await ReadinessAsync(server)).ShouldBe((HttpStatusCode.ServiceUnavailable, $"The last put into stream {Stream} (000000000000/us-east-1) could not be made durable: "));
            (await SequenceNumbersAsync(kinesis)).ShouldBe(promised);
        }

        for (var i = 0; i < 3; i++)
            promised.Add(await kinesis.PutRecordAsync(Stream, "after", Encoding.UTF8.GetBytes($"{i}")));
        (await SequenceNumbersAsync(kinesis)).ShouldBe(promised);
        (await ReadinessAsync(server)).Status.ShouldBe(HttpStatusCode.OK);
        await server.KillAsync();
        await server.RestartAsync();
        using var again = new KinesisHttp(server.Endpoint);
        (await SequenceNumbersAsync(again)).ShouldBe(promised);
    }

    /// <summary>What a load balancer is told, up to the failure's own words.</summary>
    private static async Task<(HttpStatusCode Status, string Said)> ReadinessAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server.Endpoint, "/readyz"));
        var said = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, said[..(said.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? end + 2 : 0)]);
    }

    private static async Task ShouldBeRefusedAsync(KinesisHttp kinesis)
    {
        var put = new JsonObject { ["StreamName"] = Stream, ["PartitionKey"] = "lost", ["Data"] = Convert.ToBase64String("lost"u8) };
        using var answer = await kinesis.SendAsync("PutRecord", new StringContent(put.ToJsonString()));
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBeOneOf([HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable], body);
        var error = JsonNode.Parse(body)!;
        ((string?)error["__type"]).ShouldBeOneOf("InternalFailure", "InternalFailureException", "ServiceUnavailable");
        body.ShouldNotContain("   at ", Case.Sensitive);
    }

    private static async Task<List<string>> SequenceNumbersAsync(KinesisHttp kinesis) =>
        [.. (await kinesis.ReadAllAsync(Stream)).Select(record => record.SequenceNumber)];
}
