using System.Buffers;
using System.Text.Json;
using Headrace.EndToEnd.Tests.Kinesis;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>
/// Puts one record or many, waits for the answer, and goes on until the server is gone. The put whose answer was lost is repeated
/// under the same invocation id when the server is back, as the SDKs do; or given up, and then it may be stored or not.
/// </summary>
internal sealed class LoadWriter(StreamLedger ledger, int writer, int seed)
{
    private const int MostRecords = 40;

    private readonly Random _random = new(seed);
    private int _next;
    private LoadRecord[] _unanswered = [];
    private string _invocation = "";
    private int _attempt;

    /// <summary>Puts that were answered only when they were repeated.</summary>
    public int Repeated { get; private set; }

    /// <summary>Completes when the server no longer answers. Whatever it answers must be what was asked for.</summary>
    /// <param name="kinesis">The server.</param>
    /// <param name="answered">Told of each answer.</param>
    public async Task RunAsync(KinesisHttp kinesis, Action answered)
    {
        if (_random.Next(3) == 0)
            _unanswered = [];
        try
        {
            while (true)
            {
                await PutNextAsync(kinesis);
                answered();
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            // The answer was lost, whether the put was or not.
        }
    }

    /// <summary>One put: the one that is unanswered again, or a new one.</summary>
    public async Task PutNextAsync(KinesisHttp kinesis)
    {
        if (_unanswered.Length == 0)
            Begin();
        _attempt++;
        await PutAsync(kinesis);
        if (_attempt > 1)
            Repeated++;
        _unanswered = [];
    }

    private void Begin()
    {
        var count = _random.Next(3) == 0 ? 1 : _random.Next(1, MostRecords + 1);
        _unanswered = [.. Enumerable.Range(_next, count).Select(number => new LoadRecord(writer, number))];
        _next += count;
        _invocation = $"{Guid.NewGuid()}";
        _attempt = 0;
        ledger.Send(_unanswered);
    }

    private async Task PutAsync(KinesisHttp kinesis)
    {
        var one = _unanswered.Length == 1;
        using var content = new ReadOnlyMemoryContent(Body());
        using var answer = await kinesis.SendAsync(one ? "PutRecord" : "PutRecords", content, _invocation, _attempt);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode)
            throw new ShouldAssertException($"A put of {_unanswered.Length} records into {ledger.Stream}, attempt {_attempt}: {(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
        using var json = JsonDocument.Parse(body);
        if (one)
        {
            Acknowledge(_unanswered[0], json.RootElement);
            return;
        }
        json.RootElement.GetProperty("FailedRecordCount").GetInt32().ShouldBe(0, "a record was refused");
        var results = json.RootElement.GetProperty("Records");
        results.GetArrayLength().ShouldBe(_unanswered.Length);
        for (var i = 0; i < _unanswered.Length; i++)
            Acknowledge(_unanswered[i], results[i]);
    }

    private void Acknowledge(LoadRecord record, JsonElement result) =>
        ledger.Acknowledge(record, result.GetProperty("ShardId").GetString()!, result.GetProperty("SequenceNumber").GetString()!);

    private ReadOnlyMemory<byte> Body()
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("StreamName", ledger.Stream);
        if (_unanswered.Length == 1)
        {
            WriteRecord(json, _unanswered[0]);
        }
        else
        {
            json.WriteStartArray("Records");
            foreach (var record in _unanswered)
            {
                json.WriteStartObject();
                WriteRecord(json, record);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void WriteRecord(Utf8JsonWriter json, LoadRecord record)
    {
        json.WriteString("PartitionKey", record.PartitionKey);
        if (record.ExplicitHashKey is { } hashKey)
            json.WriteString("ExplicitHashKey", hashKey.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteBase64String("Data", record.Data());
    }
}
