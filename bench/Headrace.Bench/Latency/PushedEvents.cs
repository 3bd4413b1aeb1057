using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;

namespace Headrace.Bench.Latency;

/// <summary>A subscription to a shard as a client sees it: the answer's frames, one by one (application/vnd.amazon.eventstream).</summary>
internal sealed class PushedEvents : IDisposable
{
    // Total length, length of the headers, checksum of both.
    private const int PreludeBytes = 12;
    private const int ChecksumBytes = 4;

    private readonly HttpResponseMessage _answer;
    private readonly Stream _body;
    private byte[] _frame = new byte[64 * 1024];

    private PushedEvents(HttpResponseMessage answer, Stream body)
    {
        _answer = answer;
        _body = body;
    }

    /// <exception cref="BenchmarkException">The answer is an error.</exception>
    public static async Task<PushedEvents> SubscribeAsync(HttpClient http, Uri endpoint, string json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202.SubscribeToShard");
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchmarkException($"SubscribeToShard was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
        return new PushedEvents(answer, await answer.Content.ReadAsStreamAsync(cancellation));
    }

    /// <returns>The payload of the next event, valid until the next call.</returns>
    /// <exception cref="BenchmarkException">The subscription ended, or told of an error.</exception>
    public async Task<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellation)
    {
        try
        {
            await _body.ReadExactlyAsync(_frame.AsMemory(0, PreludeBytes), cancellation);
            var total = BinaryPrimitives.ReadInt32BigEndian(_frame);
            var headers = BinaryPrimitives.ReadInt32BigEndian(_frame.AsSpan(4));
            if (total > _frame.Length)
                Array.Resize(ref _frame, total);
            await _body.ReadExactlyAsync(_frame.AsMemory(PreludeBytes, total - PreludeBytes), cancellation);
            var payload = _frame.AsMemory(PreludeBytes + headers, total - PreludeBytes - headers - ChecksumBytes);
            if (_frame.AsSpan(PreludeBytes, headers).IndexOf(":exception-type"u8) >= 0)
                throw new BenchmarkException($"the subscription ended with {Encoding.UTF8.GetString(payload.Span)}");
            return payload;
        }
        catch (EndOfStreamException ended)
        {
            throw new BenchmarkException($"the subscription ended: {ended.Message}");
        }
    }

    public void Dispose()
    {
        _body.Dispose();
        _answer.Dispose();
    }
}
