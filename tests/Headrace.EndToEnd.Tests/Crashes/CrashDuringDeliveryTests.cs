using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Buckets;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>The server is killed again and again while it delivers. Afterwards the bucket holds every record exactly once.</summary>
public sealed class CrashDuringDeliveryTests(ITestOutputHelper output)
{
    private const string Bucket = "lake";
    private const string Delivery = "to-lake";
    private const int Kills = 8;

    /// <summary>By hand: how often the server is killed while it delivers into partitions.</summary>
    private const string KillsVariable = "HEADRACE_DELIVERY_KILLS";

    [Theory]
    [InlineData(1, "0")]
    [InlineData(2, "1", "--gzip")]
    public async Task Of_a_data_stream(int seed, string interval, params string[] options)
    {
        const int count = 50_000;
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
            await kinesis.CreateStreamAsync("orders", shards: 4);
        await CreateDeliveryAsync(server, ["--source-stream", "orders", "--buffer-interval", interval, .. options]);

        await using var produce = server.Start(["produce", "--stream", "orders", "--generate", "--count", $"{count}", "--seed", $"{seed}", "--rate", "5000/s", "--output", "json"]);
        await Deadline.UntilAsync(() => produce.OutputLength > 0, $"a record is acknowledged: {produce}");
        await KillRepeatedlyAsync(server, new Random(seed));
        (await produce.EndAsync()).ShouldHaveExited(0);

        using var again = new KinesisHttp(server.Endpoint);
        var delivered = new DeliveredSessions(server, Bucket);
        await delivered.HoldAsync(await SessionsAsync(again));
        // A later kill must not bring anything back; once what comes behind has been delivered, nothing earlier is under way.
        await server.KillAsync();
        await server.RestartAsync();
        (await server.RunAsync(["produce", "--stream", "orders", "--generate", "--count", "200", "--seed", "99"])).ShouldHaveExited(0);
        using var last = new KinesisHttp(server.Endpoint);
        var all = await SessionsAsync(last);
        await delivered.HoldAsync(all);
        all.Count.ShouldBe(count + 200);
        ShouldBeTheSame(delivered, all);
    }

    [Fact]
    public async Task Into_partitions()
    {
        var kills = Environment.GetEnvironmentVariable(KillsVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 4;
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
            await kinesis.CreateStreamAsync("orders", shards: 4);
        (await server.RunAsync(["buckets", "create", Bucket])).ShouldHaveExited(0);
        await PartitionedDelivery.CreateAsync(server, Delivery, Bucket);

        (await server.RunAsync(["produce", "--stream", "orders", "--generate", "--count", "1000", "--seed", "1"])).ShouldHaveExited(0);
        using var stop = new CancellationTokenSource();
        var producing = ProduceUntilAsync(server, stop.Token);
        await KillRepeatedlyAsync(server, new Random(4), kills);
        await stop.CancelAsync();
        await producing;

        using var again = new KinesisHttp(server.Endpoint);
        var all = await SessionsAsync(again);
        var delivered = new DeliveredSessions(server, Bucket);
        await delivered.HoldAsync(all);
        await server.KillAsync();
        await server.RestartAsync();
        (await server.RunAsync(["produce", "--stream", "orders", "--generate", "--count", "200", "--seed", "99999"])).ShouldHaveExited(0);
        using var last = new KinesisHttp(server.Endpoint);
        all = await SessionsAsync(last);
        await delivered.HoldAsync(all);
        all.Count.ShouldBeGreaterThan(1_000);
        ShouldBeTheSame(delivered, all, kills);

        using var bucket = new BucketHttp(server.Endpoint, Bucket);
        foreach (var key in await bucket.KeysAsync("firehose/"))
            BucketHttp.Members(await bucket.GetAsync(key), "country").Distinct().Single().ShouldBe(key.Split('/')[1], key);
    }

    [Fact]
    public async Task Of_direct_puts()
    {
        await using var server = await ServerProcess.StartAsync();
        await CreateDeliveryAsync(server, ["--buffer-interval", "0"]);
        using var stop = new CancellationTokenSource();
        var putting = PutUntilAsync(server, stop.Token);
        await KillRepeatedlyAsync(server, new Random(3));
        await stop.CancelAsync();
        var (acknowledged, unanswered) = await putting;
        acknowledged.Count.ShouldBeGreaterThan(1_000);

        var delivered = new DeliveredSessions(server, Bucket);
        await delivered.HoldAsync(acknowledged);
        await server.KillAsync();
        await server.RestartAsync();
        using (var http = new HttpClient { BaseAddress = server.Endpoint })
            (await TryPutAsync(http, ["last"])).ShouldBeTrue();
        await delivered.HoldAsync(["last"]);
        // What was not answered may have been stored or not, but not twice.
        ShouldBeTheSame(delivered, [.. acknowledged, "last", .. delivered.All.Intersect(unanswered)]);
    }

    private static async Task CreateDeliveryAsync(ServerProcess server, string[] options)
    {
        (await server.RunAsync(["buckets", "create", Bucket])).ShouldHaveExited(0);
        (await server.RunAsync(["delivery", "create", "--name", Delivery, "--bucket", Bucket, "--buffer-size", "1", .. options])).ShouldHaveExited(0);
    }

    /// <summary>Produces on and on; what the stream holds must be delivered, though a producer may give up on a server that is killed.</summary>
    private static async Task ProduceUntilAsync(ServerProcess server, CancellationToken stop)
    {
        for (var seed = 2; !stop.IsCancellationRequested; seed++)
            await server.RunAsync(["produce", "--stream", "orders", "--generate", "--count", "3000", "--seed", $"{seed}", "--rate", "3000/s"]);
    }

    private static async Task KillRepeatedlyAsync(ServerProcess server, Random random, int kills = Kills)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(50, 1_200));
            await server.KillAsync();
            await server.RestartAsync();
        }
    }

    private void ShouldBeTheSame(DeliveredSessions delivered, List<string> expected, int kills = Kills)
    {
        output.WriteLine($"{kills + 1} kills, {expected.Count} records in {delivered.Objects} objects");
        var twice = delivered.All.GroupBy(static session => session, StringComparer.Ordinal).Where(static same => same.Count() > 1).Select(static same => same.Key).ToList();
        twice.ShouldBeEmpty($"{twice.Count} records were delivered twice");
        delivered.All.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)).ShouldBeTrue("what was delivered is not what was stored");
    }

    private static async Task<List<string>> SessionsAsync(KinesisHttp kinesis) => [.. (await kinesis.ReadAllAsync("orders")).Select(static record => record.Member("session_id"))];

    /// <summary>Puts batches one after another; one whose answer does not come is not put again.</summary>
    private static async Task<(List<string> Acknowledged, List<string> Unanswered)> PutUntilAsync(ServerProcess server, CancellationToken stop)
    {
        var acknowledged = new List<string>();
        var unanswered = new List<string>();
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        for (var batch = 0; !stop.IsCancellationRequested; batch++)
        {
            var sessions = Enumerable.Range(0, 50).Select(i => $"{batch}-{i}").ToList();
            (await TryPutAsync(http, sessions) ? acknowledged : unanswered).AddRange(sessions);
            if (acknowledged.Count == 0 || !acknowledged[^1].StartsWith($"{batch}-", StringComparison.Ordinal))
                await Task.Delay(20, CancellationToken.None);
        }
        return (acknowledged, unanswered);
    }

    private static async Task<bool> TryPutAsync(HttpClient http, IEnumerable<string> sessions)
    {
        var put = new JsonObject
        {
            ["DeliveryStreamName"] = Delivery,
            ["Records"] = new JsonArray([.. sessions.Select(session =>
                (JsonNode)new JsonObject { ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"session_id":"{{session}}","padding":"{{new string('x', 500)}}"}""")) })]),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(put.ToJsonString()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "Firehose_20150804.PutRecordBatch");
        try
        {
            using var answer = await http.SendAsync(request, CancellationToken.None);
            var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            using var json = JsonDocument.Parse(body);
            return answer.IsSuccessStatusCode && json.RootElement.GetProperty("FailedPutCount").GetInt32() == 0;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
