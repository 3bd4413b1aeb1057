using System.Text;

namespace Headrace.Bench.Measuring;

/// <summary>Calls of the Kinesis API with a ready body, for what is called often and timed. Thread-safe.</summary>
internal sealed class KinesisCalls(Uri endpoint) : IDisposable
{
    // Some peers find the service by it, and insist that it is there; nobody who is measured verifies it.
    private const string Authorization = "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0";

    private readonly HttpClient _http = new();

    /// <returns>The answer's body.</returns>
    /// <exception cref="BenchmarkException">The answer is an error.</exception>
    public async Task<byte[]> CallAsync(string operation, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new("application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{operation}");
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        using var answer = await _http.SendAsync(request, cancellation);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return answer.IsSuccessStatusCode
            ? bytes
            : throw new BenchmarkException($"{operation} was answered with {(int)answer.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
    }

    public void Dispose() => _http.Dispose();
}
