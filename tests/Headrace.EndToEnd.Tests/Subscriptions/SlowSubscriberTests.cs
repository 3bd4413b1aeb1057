using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Subscriptions;

/// <summary>Subscribers that read nothing cost the server what one event takes, however much is put meanwhile.</summary>
public sealed class SlowSubscriberTests
{
    private const int Subscribers = 20;
    private const int Records = 40;
    private const int RecordBytes = 1_000_000;

    /// <summary>Twice of what a busy server has, and half of what all that they have not read would be.</summary>
    private const long MostBytes = 500L << 20;

    [Fact]
    public async Task Who_reads_nothing_is_waited_for_and_not_stored_for()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await ServerProcess.StartAsync(options: ["--durability", "os"]);
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync("s", 1);
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        var subscriptions = new List<HttpResponseMessage>();
        for (var i = 0; i < Subscribers; i++)
            subscriptions.Add(await SubscribeAsync(kinesis, http, $"c{i}"));
        for (var i = 0; i < Records; i++)
            await kinesis.PutRecordAsync("s", "k", new byte[RecordBytes]);

        // The first one reads all of it, so that the others have had their time too.
        await using (var events = await subscriptions[0].Content.ReadAsStreamAsync(cancellation))
        {
            var expected = (long)Records * Base64.GetMaxEncodedToUtf8Length(RecordBytes);
            var buffer = new byte[64 * 1024];
            for (var read = 0L; read < expected;)
            {
                var more = await events.ReadAsync(buffer, cancellation);
                more.ShouldBeGreaterThan(0, $"the stream of events ended after {read} bytes");
                read += more;
            }
        }
        PeakBytes(server.ProcessId).ShouldBeLessThan(MostBytes);
        foreach (var subscription in subscriptions)
            subscription.Dispose();
        (await kinesis.ReadAllAsync("s")).Count.ShouldBe(Records);
    }

    private static async Task<HttpResponseMessage> SubscribeAsync(KinesisHttp kinesis, HttpClient http, string name)
    {
        var registered = await kinesis.CallAsync("RegisterStreamConsumer", new JsonObject { ["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/s", ["ConsumerName"] = name });
        var arn = registered.GetProperty("Consumer").GetProperty("ConsumerARN").GetString()!;
        await Deadline.UntilAsync(
            async () => (await kinesis.CallAsync("DescribeStreamConsumer", new JsonObject { ["ConsumerARN"] = arn })).ToString().Contains("\"ACTIVE\"", StringComparison.Ordinal),
            $"{name} is ACTIVE");
        var members = new JsonObject { ["ConsumerARN"] = arn, ["ShardId"] = "shardId-000000000000", ["StartingPosition"] = new JsonObject { ["Type"] = "TRIM_HORIZON" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(members.ToJsonString()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202.SubscribeToShard");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return response;
    }

    /// <summary>The most memory that a process ever had resident.</summary>
    private static long PeakBytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
