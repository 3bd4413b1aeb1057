using System.Net;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>A stream that is created, written to and deleted again and again, always under the same name, while the load goes on.</summary>
internal sealed class PassingStream(int seed)
{
    private const string Name = "passing";
    private const int FirstWriter = 1_000;
    private const int MostPuts = 10;

    private readonly Random _random = new(seed);
    private StreamLedger _ledger = new(Name);

    // Null while the last creation or deletion is unanswered.
    private bool? _exists = false;

    /// <summary>Streams that were created, all under one name.</summary>
    public int Created { get; private set; }

    /// <summary>Completes when the server no longer answers.</summary>
    public async Task RunAsync(KinesisHttp kinesis)
    {
        try
        {
            await CheckAsync(kinesis);
            while (true)
            {
                if (_exists == true)
                    await DeleteAsync(kinesis);
                await CreateAsync(kinesis);
                var writer = new LoadWriter(_ledger, FirstWriter + Created, _random.Next());
                for (var puts = _random.Next(MostPuts); puts > 0; puts--)
                    await writer.PutNextAsync(kinesis);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            // The kill; what was not acknowledged may have been done or not.
        }
    }

    /// <summary>
    /// An acknowledged creation or deletion was done, an unanswered one wholly or not at all, and the stream that is there now
    /// holds its own records and none of those that had its name before.
    /// </summary>
    public async Task CheckAsync(KinesisHttp kinesis)
    {
        HttpStatusCode? found = null;
        await Deadline.UntilAsync(async () => (found = await SettledAsync(kinesis)) is not null, $"{Name} is ACTIVE or gone");
        var exists = found == HttpStatusCode.OK;
        if (_exists is { } expected)
            exists.ShouldBe(expected, $"whether {Name} exists was acknowledged");
        _exists = exists;
        if (exists)
            await StreamCheck.CheckAllAsync(kinesis, _ledger);
    }

    private async Task CreateAsync(KinesisHttp kinesis)
    {
        _ledger = new StreamLedger(Name);
        Created++;
        _exists = null;
        await kinesis.CallAsync("CreateStream", new JsonObject { ["StreamName"] = Name, ["ShardCount"] = 2 });
        _exists = true;
        await Deadline.UntilAsync(async () => await SettledAsync(kinesis) == HttpStatusCode.OK, $"{Name} is ACTIVE");
    }

    private async Task DeleteAsync(KinesisHttp kinesis)
    {
        _exists = null;
        await kinesis.CallAsync("DeleteStream", new JsonObject { ["StreamName"] = Name });
        _exists = false;
        await Deadline.UntilAsync(async () => await SettledAsync(kinesis) == HttpStatusCode.BadRequest, $"{Name} is gone");
    }

    /// <summary>OK when the stream is active, BadRequest when there is none, null when it is on the way to one of these.</summary>
    private static async Task<HttpStatusCode?> SettledAsync(KinesisHttp kinesis)
    {
        var request = new JsonObject { ["StreamName"] = Name };
        using var answer = await kinesis.SendAsync("DescribeStreamSummary", new StringContent(request.ToJsonString()));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        if (answer.StatusCode == HttpStatusCode.OK)
            return (string?)body["StreamDescriptionSummary"]!["StreamStatus"] == "ACTIVE" ? HttpStatusCode.OK : null;
        ((string?)body["__type"]).ShouldBe("ResourceNotFoundException");
        return answer.StatusCode;
    }
}
