using System.Globalization;
using System.Text;

namespace Headrace.Bench.Delivery;

/// <summary>Calls of a server's APIs, and a look at its metrics.</summary>
internal sealed class ServerCalls(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = endpoint };

    /// <exception cref="BenchmarkException">The answer is an error.</exception>
    public async Task CallAsync(string target, string json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(json) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", target);
        using var answer = await _http.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchmarkException($"{target} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    public async Task CreateBucketAsync(string bucket, CancellationToken cancellation)
    {
        using var answer = await _http.PutAsync($"/{bucket}", content: null, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What a delivery stream has delivered since the server started.</summary>
    public async Task<(long Records, long Bytes)> DeliveredAsync(string deliveryStream, CancellationToken cancellation)
    {
        var metrics = Encoding.UTF8.GetString(await _http.GetByteArrayAsync("/metrics", cancellation));
        return (Value(metrics, "firehose_DeliveryToS3_Records_total", deliveryStream), Value(metrics, "firehose_DeliveryToS3_Bytes_total", deliveryStream));
    }

    public void Dispose() => _http.Dispose();

    private static long Value(string metrics, string name, string deliveryStream)
    {
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains($"\"{deliveryStream}\"", StringComparison.Ordinal))
            ?? throw new BenchmarkException($"the server has no {name} of {deliveryStream}");
        return (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}
