using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Monitoring;

/// <summary>What a server sends to an OpenTelemetry collector that the environment names: a receiver of OTLP over HTTP in this process.</summary>
public sealed class TelemetryTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Target = "Kinesis_20131202";

    [Fact]
    public async Task A_put_is_followed_through_its_delivery_and_its_numbers_are_sent()
    {
        using var collector = new Collector();
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.At("data"), launcher:
        [
            "/usr/bin/env",
            $"OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}",
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "OTEL_METRIC_EXPORT_INTERVAL=200",
            "OTEL_BSP_SCHEDULE_DELAY=100",
        ]);
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        (await http.PutAsync("/archive", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await SendAsync(http, "Firehose_20150804.CreateDeliveryStream", """{"DeliveryStreamName":"archiving","ExtendedS3DestinationConfiguration":{"RoleARN":"arn:aws:iam::000000000000:role/r","BucketARN":"arn:aws:s3:::archive","BufferingHints":{"IntervalInSeconds":0,"SizeInMBs":1}}}""");
        await SendAsync(http, $"{Target}.CreateStream", """{"StreamName":"traced","ShardCount":1}""");
        await Deadline.UntilAsync(async () => (await PutAsync(http)).IsSuccessStatusCode, "the delivery stream takes a record");

        await Deadline.UntilAsync(() => collector.HasSpan("Firehose.PutRecord", Trace), "the put's span has arrived");
        await Deadline.UntilAsync(() => collector.HasSpan("Firehose.DeliverToS3", Trace), "the delivery's span, linked to the put's trace, has arrived");
        await Deadline.UntilAsync(() => collector.Has("/v1/metrics", "headrace") && collector.Has("/v1/metrics", "IncomingRecords"), "metrics have arrived");
    }

    [Fact]
    public async Task A_pipelines_numbers_are_sent()
    {
        using var collector = new Collector();
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        await SendAsync(http, $"{Target}.CreateStream", """{"StreamName":"watched","ShardCount":1}""");
        var pipeline = folder.Write("pipeline.yaml", """
            source: { stream: watched }
            routes: [{ to: out }]
            destinations: { out: { stream: watched } }
            """);
        await using var etl = RunningProcess.Start(BuiltCommand.Start(
            ["etl", "--pipeline", pipeline, "--checkpoint", $"file:{folder.At("leases.json")}", "--endpoint-url", server.Url],
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            }));

        await Deadline.UntilAsync(() => collector.Has("/v1/metrics", "headrace.pipeline.read") && collector.Has("/v1/metrics", "headrace-etl"), $"metrics have arrived: {etl}");
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient http) =>
        CallAsync(http, "Firehose_20150804.PutRecord", """{"DeliveryStreamName":"archiving","Record":{"Data":"aGVsbG8="}}""", $"00-{Trace}-b7ad6b7169203331-01");

    private static async Task SendAsync(HttpClient http, string target, string json) => (await CallAsync(http, target, json)).EnsureSuccessStatusCode();

    private static async Task<HttpResponseMessage> CallAsync(HttpClient http, string target, string json, string? parent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(json, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", target);
        if (parent is not null)
            request.Headers.Add("traceparent", parent);
        return await http.SendAsync(request);
    }

    /// <summary>Takes whatever is posted; names and ids stand in OTLP's protobuf as they are.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

        public Collector()
        {
            Address = $"http://127.0.0.1:{ServerPorts.Next()}";
            _listener.Prefixes.Add($"{Address}/");
            _listener.Start();
            _ = ReceiveAsync();
        }

        public string Address { get; }

        public bool Has(string path, string text) => _received.Any(each => each.Path == path && each.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

        /// <summary>Whether one message has a span of that name followed by, or behind, the trace's id.</summary>
        public bool HasSpan(string name, string trace) => _received.Any(each =>
            each.Path == "/v1/traces" && SpansOf(each.Body).Any(span => span.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0 && span.AsSpan().IndexOf(Convert.FromHexString(trace)) >= 0));

        public void Dispose() => _listener.Close();

        /// <summary>The spans of an ExportTraceServiceRequest: resource spans (1), scope spans (2), spans (2).</summary>
        private static IEnumerable<byte[]> SpansOf(byte[] message) =>
            Fields(message, 1).SelectMany(static resource => Fields(resource, 2)).SelectMany(static scope => Fields(scope, 2));

        private static List<byte[]> Fields(byte[] message, int wanted)
        {
            var found = new List<byte[]>();
            for (var at = 0; at < message.Length;)
            {
                var tag = Number(message, ref at);
                var length = (tag & 7) switch { 0UL => Skip(message, ref at), 1UL => 8, 2UL => (int)Number(message, ref at), _ => 4 };
                if (tag >> 3 == (ulong)wanted && (tag & 7) == 2)
                    found.Add(message[at..(at + length)]);
                at += length;
            }
            return found;
        }

        private static int Skip(byte[] message, ref int at)
        {
            Number(message, ref at);
            return 0;
        }

        private static ulong Number(byte[] message, ref int at)
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var next = message[at++];
                value |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80)
                    return value;
            }
        }

        private async Task ReceiveAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    _received.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                    context.Response.Close();
                }
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                // Closed: the test is over.
            }
        }
    }
}
