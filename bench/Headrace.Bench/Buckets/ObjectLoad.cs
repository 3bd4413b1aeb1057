using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Headrace.Bench.Buckets;

/// <summary>Puts and gets objects of one length, over several connections, and looks whether each comes back whole.</summary>
/// <param name="folder">The address that the keys are below.</param>
/// <param name="length">Bytes of each object.</param>
/// <param name="connections">How many are under way at once.</param>
internal sealed class ObjectLoad(Uri folder, int length, int connections) : IDisposable
{
    // The peer insists on a signature of its own access key and of now; nobody who is measured verifies it.
    private static readonly string Now = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    private static readonly AuthenticationHeaderValue Authorization = new(
        "AWS4-HMAC-SHA256", $"Credential=S3RVER/{Now[..8]}/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=0");

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { Timeout = TimeSpan.FromMinutes(5) };
    private readonly byte[] _body = Body(length);

    /// <returns>Objects in a second.</returns>
    /// <exception cref="BenchmarkException">A put was refused.</exception>
    public Task<double> PutAsync(string prefix, int count, CancellationToken cancellation) => RateAsync(count, async number =>
    {
        using var content = new ByteArrayContent(_body);
        using var answer = await SendAsync(HttpMethod.Put, Key(prefix, number), content, cancellation);
    });

    /// <returns>Objects in a second.</returns>
    /// <exception cref="BenchmarkException">An object is not there, or not whole.</exception>
    public Task<double> GetAsync(string prefix, int count, CancellationToken cancellation) => RateAsync(count, async number =>
    {
        using var answer = await SendAsync(HttpMethod.Get, Key(prefix, number), null, cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            var received = 0;
            for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0; received += read)
            {
                // The first and last byte of each piece stand for the rest, whose comparison would cost the client more than the receiving.
                if (received + read > length || buffer[0] != _body[received] || buffer[read - 1] != _body[received + read - 1])
                    throw new BenchmarkException($"{folder}{Key(prefix, number)} is not what was put");
            }
            if (received != length)
                throw new BenchmarkException($"{folder}{Key(prefix, number)} has {received} bytes, where {length} were put");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    });

    /// <summary>Walks a whole listing.</summary>
    /// <returns>Keys in a second.</returns>
    /// <exception cref="BenchmarkException">There are more keys or fewer.</exception>
    public async Task<double> ListAsync(int count, CancellationToken cancellation)
    {
        const string open = "<NextContinuationToken>";
        var started = Stopwatch.GetTimestamp();
        var (keys, token) = (0, "");
        do
        {
            using var answer = await SendAsync(HttpMethod.Get, token.Length == 0 ? "?list-type=2" : $"?list-type=2&continuation-token={Uri.EscapeDataString(token)}", null, cancellation);
            var page = await answer.Content.ReadAsStringAsync(cancellation);
            keys += page.AsSpan().Count("<Key>");
            var at = page.IndexOf(open, StringComparison.Ordinal);
            token = at < 0 ? "" : page[(at + open.Length)..page.IndexOf('<', at + open.Length)];
        }
        while (token.Length > 0);
        return keys == count ? keys / Stopwatch.GetElapsedTime(started).TotalSeconds : throw new BenchmarkException($"{keys} keys are listed, where {count} were put");
    }

    public async Task CreateBucketAsync(CancellationToken cancellation)
    {
        using var content = new ByteArrayContent([]);
        using var answer = await SendAsync(HttpMethod.Put, "", content, cancellation);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Bytes that don't compress, the same every time.</summary>
    private static byte[] Body(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        return body;
    }

    private static string Key(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:D6}");

    private async Task<double> RateAsync(int count, Func<int, Task> work)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) < count;)
                await work(number);
        }));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(folder, target)) { Content = content };
        request.Headers.Authorization = Authorization;
        request.Headers.Add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        request.Headers.Add("x-amz-date", Now);
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new BenchmarkException($"{method} {request.RequestUri} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }
}
