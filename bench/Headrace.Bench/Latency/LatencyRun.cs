using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Headrace.Bench.Measuring;
using Headrace.Client;

namespace Headrace.Bench.Latency;

/// <summary>One round: a writer that keeps a steady rate whatever the answers do, and a subscribed consumer to whom records are pushed.</summary>
internal sealed class LatencyRun(Uri endpoint, string stream, int rate, int seconds)
{
    public const int DataBytes = 1024;
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(30);

    private readonly long[] _sent = new long[rate * seconds];
    private readonly long[] _acknowledged = new long[rate * seconds];
    private readonly long[] _arrived = new long[rate * seconds];

    /// <exception cref="BenchmarkException">A record was refused, did not arrive in time, arrived twice or changed.</exception>
    public async Task<LatencyRound> RunAsync(CancellationToken cancellation)
    {
        using var client = new KinesisClient(new ClientOptions { EndpointUrl = endpoint, Region = "us-east-1" });
        await client.CreateStreamAsync(stream, 1, cancellation);
        await client.WaitUntilActiveAsync(stream, cancellation);
        var shard = (await client.ListShardsAsync(stream, cancellation))[0].ShardId;
        using var calls = new KinesisCalls(endpoint);
        var consumer = await RegisterAsync(calls, cancellation);
        using var http = new HttpClient();
        using var events = await PushedEvents.SubscribeAsync(
            http, endpoint, $$"""{"ConsumerARN":"{{consumer}}","StartingPosition":{"Type":"TRIM_HORIZON"},"ShardId":"{{shard}}"}""", cancellation);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var started = Stopwatch.GetTimestamp();
        var reading = ReceiveAsync(events, ending.Token);
        // The writer has a thread of its own, so that its clock does not wait for the pool's.
        var puts = await Task.Factory.StartNew(() => Write(calls, ending.Token), ending.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(puts);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        try
        {
            var received = await reading.WaitAsync(ReadLimit, cancellation);
            return new LatencyRound(
                _sent.Length / elapsed, Percentile(_acknowledged, 0.5), Percentile(_acknowledged, 0.99), Percentile(_arrived, 0.5), Percentile(_arrived, 0.99), received / elapsed);
        }
        catch (TimeoutException)
        {
            await ending.CancelAsync();
            throw new BenchmarkException($"{_arrived.Count(at => at == 0)} acknowledged records have not reached the reader after {ReadLimit.TotalSeconds:0} s");
        }
    }

    private Task[] Write(KinesisCalls calls, CancellationToken cancellation)
    {
        var puts = new Task[_sent.Length];
        var begun = Stopwatch.GetTimestamp();
        for (var record = 0; record < puts.Length; record++)
        {
            var wait = TimeSpan.FromSeconds((double)record / rate) - Stopwatch.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero)
                Thread.Sleep(wait);
            cancellation.ThrowIfCancellationRequested();
            puts[record] = PutAsync(calls, record, cancellation);
        }
        return puts;
    }

    private async Task PutAsync(KinesisCalls calls, int record, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"StreamName":"{{stream}}","PartitionKey":"key","Data":"{{Convert.ToBase64String(DataOf(record))}}"}""");
        _sent[record] = Stopwatch.GetTimestamp();
        await calls.CallAsync("PutRecord", body, cancellation);
        _acknowledged[record] = Stopwatch.GetTimestamp();
    }

    /// <returns>How many events it took until every record was there.</returns>
    private async Task<int> ReceiveAsync(PushedEvents events, CancellationToken cancellation)
    {
        var missing = _arrived.Length;
        var received = 0;
        for (; missing > 0; received++)
        {
            var payload = await events.NextAsync(cancellation);
            var now = Stopwatch.GetTimestamp();
            using var json = JsonDocument.Parse(payload);
            if (!json.RootElement.TryGetProperty("Records", out var records))
                continue;
            foreach (var entry in records.EnumerateArray())
            {
                var data = entry.GetProperty("Data").GetBytesFromBase64();
                var record = data.Length == DataBytes ? BinaryPrimitives.ReadInt32LittleEndian(data) : -1;
                if (record < 0 || record >= _arrived.Length || _arrived[record] != 0 || !data.AsSpan().SequenceEqual(DataOf(record)))
                    throw new BenchmarkException("a record reached the reader twice, or not as it was sent");
                _arrived[record] = now;
                missing--;
            }
        }
        return received;
    }

    /// <summary>Registers a consumer, which the server needs a moment for.</summary>
    /// <returns>Its ARN.</returns>
    private async Task<string> RegisterAsync(KinesisCalls calls, CancellationToken cancellation)
    {
        var described = await CallAsync(calls, "DescribeStreamSummary", $$"""{"StreamName":"{{stream}}"}""", cancellation);
        var streamArn = described.GetProperty("StreamDescriptionSummary").GetProperty("StreamARN").GetString();
        var registered = await CallAsync(calls, "RegisterStreamConsumer", $$"""{"StreamARN":"{{streamArn}}","ConsumerName":"reader"}""", cancellation);
        var consumerArn = registered.GetProperty("Consumer").GetProperty("ConsumerARN").GetString()!;
        while (await StatusAsync() != "ACTIVE")
            await Task.Delay(10, cancellation);
        return consumerArn;

        async Task<string?> StatusAsync() =>
            (await CallAsync(calls, "DescribeStreamConsumer", $$"""{"ConsumerARN":"{{consumerArn}}"}""", cancellation)).GetProperty("ConsumerDescription").GetProperty("ConsumerStatus").GetString();
    }

    private static async Task<JsonElement> CallAsync(KinesisCalls calls, string operation, string body, CancellationToken cancellation)
    {
        using var json = JsonDocument.Parse(await calls.CallAsync(operation, Encoding.UTF8.GetBytes(body), cancellation));
        return json.RootElement.Clone();
    }

    private static byte[] DataOf(int record)
    {
        var data = new byte[DataBytes];
        BinaryPrimitives.WriteInt32LittleEndian(data, record);
        data.AsSpan(sizeof(int)).Fill((byte)record);
        return data;
    }

    private double Percentile(long[] ends, double part)
    {
        var took = ends.Zip(_sent, (end, sent) => Stopwatch.GetElapsedTime(sent, end).TotalMilliseconds).Order().ToArray();
        return took[(int)((took.Length - 1) * part)];
    }
}
