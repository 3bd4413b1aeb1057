using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// Puts records one call after the other and enters what is acknowledged. A call whose answer is lost with the server is repeated as
/// an SDK repeats it, or given up: then its records may be there or not.
/// </summary>
internal sealed class CrashWriter(int writer, Random random, IReadOnlyList<string> streams, CrashLedger ledger)
{
    private const int Keys = 5;
    private int _next;
    private Call? _unanswered;

    /// <summary>A record's partition key: every writer has a few of its own.</summary>
    public static string KeyOf(NumberedRecord record) => string.Create(CultureInfo.InvariantCulture, $"{record.Writer}-{record.Number % Keys}");

    /// <summary>Writes until the server is gone.</summary>
    public async Task WriteAsync(KinesisHttp kinesis)
    {
        var call = _unanswered ?? NewCall();
        _unanswered = null;
        while (await TryPutAsync(kinesis, call))
        {
            await Task.Delay(random.Next(4));
            call = NewCall();
        }
        if (random.Next(2) == 0)
            _unanswered = call with { Attempt = call.Attempt + 1 };
    }

    private Call NewCall()
    {
        var count = random.Next(3) == 0 ? 1 : random.Next(1, 40);
        var records = Enumerable.Range(0, count).Select(_ => new NumberedRecord(writer, _next++, random.Next(50) == 0 ? random.Next(60_000) : random.Next(300))).ToList();
        return new Call(streams[random.Next(streams.Count)], count == 1 && random.Next(2) == 0, records, Guid.NewGuid().ToString(), 1);
    }

    /// <returns>False when the answer was lost.</returns>
    private async Task<bool> TryPutAsync(KinesisHttp kinesis, Call call)
    {
        try
        {
            using var answer = await kinesis.SendAsync(call.IsSingle ? "PutRecord" : "PutRecords", new StringContent(call.ToJson().ToJsonString()), call.Invocation, call.Attempt);
            var body = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.ShouldBeTrue(body);
            using var json = JsonDocument.Parse(body);
            var places = call.IsSingle ? [json.RootElement] : json.RootElement.GetProperty("Records").EnumerateArray().ToArray();
            places.Length.ShouldBe(call.Records.Count);
            foreach (var (record, place) in call.Records.Zip(places))
                ledger.Acknowledge(record, call.Stream, place.GetProperty("ShardId").GetString()!, place.GetProperty("SequenceNumber").GetString()!);
            return true;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private sealed record Call(string Stream, bool IsSingle, List<NumberedRecord> Records, string Invocation, int Attempt)
    {
        public JsonObject ToJson()
        {
            var json = IsSingle ? Entry(Records[0]) : new JsonObject { [nameof(Records)] = new JsonArray([.. Records.Select(Entry)]) };
            json["StreamName"] = Stream;
            return json;
        }

        private static JsonObject Entry(NumberedRecord record) => new() { ["Data"] = Convert.ToBase64String(record.ToBytes()), ["PartitionKey"] = KeyOf(record) };
    }
}
