using System.Globalization;
using System.Text;

namespace Headrace.Bench.Egress;

/// <summary>Receives answers, from either server in the same way, and looks into them no further than it must.</summary>
internal sealed class ShardsReader(Uri endpoint) : IDisposable
{
    /// <summary>Above the 10 MiB of an answer's data, in base64 with the members around.</summary>
    private const int MostBytes = 24 << 20;

    private readonly HttpClient _http = new();
    private long _records;

    public long Records => Interlocked.Read(ref _records);

    /// <summary>Reads a shard to its end.</summary>
    /// <returns>The length of each answer.</returns>
    public async Task<List<int>> ReadAsync(string iterator, CancellationToken cancellation)
    {
        var buffer = new byte[MostBytes];
        var lengths = new List<int>();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"ShardIterator":"{{iterator}}"}""")) };
            request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
            request.Content.Headers.Add("X-Amz-Target", "Kinesis_20131202.GetRecords");
            var length = await ReceiveAsync(request, buffer, cancellation);
            lengths.Add(length);
            var answer = buffer.AsMemory(0, length);
            var records = answer.Span.Count("\"SequenceNumber\""u8);
            if (records == 0)
                return lengths;
            Interlocked.Add(ref _records, records);
            iterator = NextIterator(answer.Span);
        }
    }

    /// <summary>Has the bare endpoint send answers of these lengths.</summary>
    public async Task FetchAsync(List<int> lengths, CancellationToken cancellation)
    {
        var buffer = new byte[MostBytes];
        foreach (var length in lengths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint, string.Create(CultureInfo.InvariantCulture, $"/{length}")));
            var received = await ReceiveAsync(request, buffer, cancellation);
            // The same look, so that it costs the same here.
            if (received != length || buffer.AsSpan(0, received).Count("\"SequenceNumber\""u8) != 0)
                throw new BenchmarkException($"the bare endpoint sent {received} bytes where {length} were asked for");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> ReceiveAsync(HttpRequestMessage request, byte[] buffer, CancellationToken cancellation)
    {
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchmarkException($"{request.RequestUri} answered {(int)answer.StatusCode}");
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        return await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
    }

    private static string NextIterator(ReadOnlySpan<byte> answer)
    {
        var name = "\"NextShardIterator\":\""u8;
        var at = answer.LastIndexOf(name);
        if (at < 0)
            throw new BenchmarkException("an answer of GetRecords has no NextShardIterator");
        var value = answer[(at + name.Length)..];
        return Encoding.UTF8.GetString(value[..value.IndexOf((byte)'"')]);
    }
}
