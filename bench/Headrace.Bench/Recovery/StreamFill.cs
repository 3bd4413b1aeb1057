using System.Text.Json;
using Headrace.Bench.Ingest;

namespace Headrace.Bench.Recovery;

/// <summary>Puts records over several connections until there are enough, looking at each answer.</summary>
internal sealed class StreamFill(Uri endpoint, string bodies) : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sent, _acknowledged;

    /// <summary>How many records were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Completes with the first answer.</summary>
    public Task WaitForAnswerAsync(CancellationToken cancellation) => _answered.Task.WaitAsync(cancellation);

    /// <summary>Sends the bodies in turn until so many bytes of record data are acknowledged.</summary>
    /// <exception cref="BenchmarkException">A record was refused.</exception>
    /// <exception cref="HttpRequestException">The server went away.</exception>
    public Task FillAsync(long dataBytes, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(1, IngestSettings.Connections).Select(lane => FillLaneAsync(lane, dataBytes, cancellation)));

    public void Dispose() => _http.Dispose();

    private async Task FillLaneAsync(int lane, long dataBytes, CancellationToken cancellation)
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(bodies, $"body-{lane}"), cancellation);
        while (Interlocked.Add(ref _sent, IngestSettings.RecordsPerRequest * IngestSettings.DataBytes) < dataBytes)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/x-amz-json-1.1");
            content.Headers.Add("X-Amz-Target", "Kinesis_20131202.PutRecords");
            using var answer = await _http.PostAsync(endpoint, content, cancellation);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            if (!answer.IsSuccessStatusCode || json.RootElement.GetProperty("FailedRecordCount").GetInt32() != 0)
                throw new BenchmarkException($"PutRecords was answered with {(int)answer.StatusCode}, or a record was refused");
            Interlocked.Add(ref _acknowledged, IngestSettings.RecordsPerRequest);
            _answered.TrySetResult();
        }
    }
}
