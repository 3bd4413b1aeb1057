using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Buckets;
using Headrace.EndToEnd.Tests.Clients;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Failures;

/// <summary>What stands in a delivery's way is told wherever one looks, loses nothing, and is forgotten once it is gone.</summary>
public sealed class DeliveryFailureTests
{
    private const string Stream = "to-lake";

    [Fact]
    public async Task A_bucket_goes_away_and_comes_back()
    {
        await using var server = await ServerProcess.StartAsync();
        (await server.RunAsync(["buckets", "create", "lake"])).ShouldHaveExited(0);
        await CreateAsync(server);
        await PutAsync(server, "one");
        await DeliveredAsync(server, ["one"]);
        (await server.RunAsync(["buckets", "delete", "lake", "--force"])).ShouldHaveExited(0);
        await PutAsync(server, "two");
        await StandsStillAsync(server, "There is no bucket lake.");
        await PutAsync(server, "three");
        (await server.RunAsync(["delivery", "logs", Stream])).ShouldHaveExited(0).Output.ShouldContain("S3.NoSuchBucket  There is no bucket lake.");
        (await Tool.RunAsync(server, Tool.Scripts, Tool.AwsCli, "--endpoint-url", server.Url, "logs", "tail", $"/aws/kinesisfirehose/{Stream}")).ShouldHaveExited(0).Output.ShouldContain("There is no bucket lake.");
        (await server.RunAsync(["buckets", "create", "lake"])).ShouldHaveExited(0);
        await DeliveredAsync(server, ["two", "three"]);
        await GoesOnAsync(server);
    }

    [Fact]
    public async Task A_disk_fills_up_and_has_room_again()
    {
        using var folder = new TemporaryFolder();
        await using var server = await SmallDisk.StartServerAsync(folder, mebibytes: 64);
        (await server.RunAsync(["buckets", "create", "lake"])).ShouldHaveExited(0);
        await CreateAsync(server);
        await PutAsync(server, "before");
        await DeliveredAsync(server, ["before"]);
        var disk = new SmallDisk(server);
        disk.Fill();
        // What the log has prepared for its next records is still there for them.
        var promised = new List<string> { "before" };
        for (var i = 0; i < 3; i++)
        {
            var record = $"during-{i}";
            if (await TryPutAsync(server, record) == HttpStatusCode.OK)
                promised.Add(record);
        }
        promised.Count.ShouldBeGreaterThan(1);
        await StandsStillAsync(server, "No space left on device");
        disk.Free();
        await DeliveredAsync(server, promised);
        await GoesOnAsync(server);
        // The reason comes into the log when there is room for it, with the next line.
        server.Log.ShouldContain("No space left on device");
        server.Log.ShouldNotContain("   at ", Case.Sensitive);
    }

    [Fact]
    public async Task A_bucket_of_another_service_comes_goes_and_comes_back()
    {
        await using var other = await ServerProcess.StartAsync();
        await using var server = await ServerProcess.StartAsync(options: ["--store", $"other={other.Url}"]);
        await CreateAsync(server, store: "other");
        await PutAsync(server, "one");
        await StandsStillAsync(server, "The specified bucket does not exist");
        (await other.RunAsync(["buckets", "create", "lake"])).ShouldHaveExited(0);
        await DeliveredAsync(other, ["one"]);
        await GoesOnAsync(server);
        await other.KillAsync();
        await PutAsync(server, "two");
        await StandsStillAsync(server, "could not be reached");
        await server.KillAsync();
        await server.RestartAsync();
        await other.RestartAsync();
        await DeliveredAsync(other, ["one", "two"]);
        (await server.RunAsync(["buckets", "list"])).ShouldHaveExited(0).Output.ShouldNotContain("lake");
    }

    private static Task CreateAsync(ServerProcess server, string store = "aws") => CallAsync(server, "CreateDeliveryStream", new JsonObject
    {
        ["DeliveryStreamName"] = Stream,
        ["ExtendedS3DestinationConfiguration"] = new JsonObject
        {
            ["RoleARN"] = "arn:aws:iam::000000000000:role/delivery",
            ["BucketARN"] = $"arn:{store}:s3:::lake",
            ["Prefix"] = "got/",
            ["BufferingHints"] = new JsonObject { ["SizeInMBs"] = 1, ["IntervalInSeconds"] = 0 },
        },
    });

    private static Task PutAsync(ServerProcess server, string record) =>
        Deadline.UntilAsync(async () => await TryPutAsync(server, record) == HttpStatusCode.OK, $"a put of {record}");

    private static Task<HttpStatusCode> TryPutAsync(ServerProcess server, string record) => SendAsync(server, "PutRecord", new JsonObject
    {
        ["DeliveryStreamName"] = Stream,
        ["Record"] = new JsonObject { ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"id\":\"{record}\"}}")) },
    });

    /// <summary>Waits until the bucket holds these records, each once and no other.</summary>
    private static async Task DeliveredAsync(ServerProcess server, IEnumerable<string> records)
    {
        using var bucket = new BucketHttp(server.Endpoint, "lake");
        var expected = records.Order(StringComparer.Ordinal).ToList();
        var found = new List<string>();
        await Deadline.UntilAsync(
            async () =>
            {
                found.Clear();
                foreach (var key in await bucket.KeysAsync("got/"))
                    found.AddRange(BucketHttp.Members(await bucket.GetAsync(key), "id"));
                return found.Count >= expected.Count;
            },
            $"{expected.Count} delivered records");
        found.Order(StringComparer.Ordinal).ShouldBe(expected);
    }

    private static async Task StandsStillAsync(ServerProcess server, string reason)
    {
        await Deadline.UntilAsync(async () => await StandstillAsync(server) == "1", "the metric of a standstill");
        await Deadline.UntilAsync(() => server.Log.Contains(reason, StringComparison.Ordinal), $"'{reason}' in the server's log");
    }

    private static async Task GoesOnAsync(ServerProcess server)
    {
        await Deadline.UntilAsync(async () => await StandstillAsync(server) == "0", "the end of the standstill");
        server.Log.ShouldContain($"Delivery stream {Stream} goes on");
    }

    private static async Task<string> StandstillAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(server.Endpoint, "/metrics"));
        return metrics.Split('\n').Single(line => line.StartsWith("firehose_DeliveryStandstill{", StringComparison.Ordinal)).Split(' ')[1];
    }

    private static async Task CallAsync(ServerProcess server, string operation, JsonObject members) => (await SendAsync(server, operation, members)).ShouldBe(HttpStatusCode.OK);

    private static async Task<HttpStatusCode> SendAsync(ServerProcess server, string operation, JsonObject members)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent(members.ToJsonString()) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"Firehose_20150804.{operation}");
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
