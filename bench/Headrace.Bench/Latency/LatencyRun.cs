using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Headrace.Bench.Measuring;
using Headrace.Client;

namespace Headrace.Bench.Latency;

/// <summary>One round: a writer that keeps a steady rate whatever the answers do, and a reader that asks without a pause.</summary>
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
        var iterator = await client.GetShardIteratorAsync(stream, shard, StartingPosition.TrimHorizon, cancellation);
        using var calls = new KinesisCalls(endpoint);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var started = Stopwatch.GetTimestamp();
        var reading = ReadAsync(calls, iterator, ending.Token);
        // The writer has a thread of its own, so that its clock does not wait for the pool's.
        var puts = await Task.Factory.StartNew(() => Write(calls, ending.Token), ending.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(puts);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        try
        {
            var answers = await reading.WaitAsync(ReadLimit, cancellation);
            return new LatencyRound(
                _sent.Length / elapsed, Percentile(_acknowledged, 0.5), Percentile(_acknowledged, 0.99), Percentile(_arrived, 0.5), Percentile(_arrived, 0.99), answers / elapsed);
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

    /// <returns>How many answers it took until every record was there.</returns>
    private async Task<int> ReadAsync(KinesisCalls calls, string iterator, CancellationToken cancellation)
    {
        var missing = _arrived.Length;
        var answers = 0;
        for (; missing > 0; answers++)
        {
            var answer = await calls.CallAsync("GetRecords", Encoding.UTF8.GetBytes($$"""{"ShardIterator":"{{iterator}}"}"""), cancellation);
            var now = Stopwatch.GetTimestamp();
            using var json = JsonDocument.Parse(answer);
            foreach (var entry in json.RootElement.GetProperty("Records").EnumerateArray())
            {
                var data = entry.GetProperty("Data").GetBytesFromBase64();
                var record = data.Length == DataBytes ? BinaryPrimitives.ReadInt32LittleEndian(data) : -1;
                if (record < 0 || record >= _arrived.Length || _arrived[record] != 0 || !data.AsSpan().SequenceEqual(DataOf(record)))
                    throw new BenchmarkException("a record reached the reader twice, or not as it was sent");
                _arrived[record] = now;
                missing--;
            }
            iterator = json.RootElement.GetProperty("NextShardIterator").GetString()!;
        }
        return answers;
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
