using System.Text;
using System.Text.Json;
using Headrace.EndToEnd.Tests.Buckets;
using Headrace.EndToEnd.Tests.Clients;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Lab;

/// <summary>Real events that nobody made for this: earthquakes and flights, one record each, byte for byte.</summary>
public sealed class RealDataTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string Data = Path.Combine(Tool.Scripts, "node_modules", "vega-datasets", "data");

    public static TheoryData<string, string, string> Sets => new()
    {
        { "earthquakes.json", "features", "id" },
        { "flights-10k.json", "", "origin" },
        { "flights-200k.json", "", "distance" },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Every_event_comes_back_as_it_went_in(string file, string list, string key)
    {
        var events = EventsOf(file, list);
        using var folder = new TemporaryFolder();
        var path = folder.Write("events.ndjson", LinesOf(events));
        var stream = Path.GetFileNameWithoutExtension(file);
        (await server.Process.RunAsync(["streams", "create", stream, "--shards", "3"])).ShouldHaveExited(0);
        (await server.Process.RunAsync(["produce", "--stream", stream, "--file", path, "--partition-key-from", key])).ShouldHaveExited(0);
        ShouldBeSameInOrderOfEachKey(await ConsumeAsync(stream), events, key);
    }

    [Fact]
    public async Task So_they_do_through_standard_input()
    {
        var events = EventsOf("flights-10k.json", "");
        (await server.Process.RunAsync(["streams", "create", "piped", "--shards", "2"])).ShouldHaveExited(0);
        (await server.Process.RunAsync(["produce", "--stream", "piped", "--partition-key-from", "destination", "-"], LinesOf(events))).ShouldHaveExited(0);
        ShouldBeSameInOrderOfEachKey(await ConsumeAsync("piped"), events, "destination");
    }

    [Fact]
    public async Task The_demo_puts_events_that_are_no_sessions_aside_and_loses_none()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("events.ndjson", LinesOf(EventsOf("earthquakes.json", "features")));
        var demo = (await Command.RunAsync(["demo", "--file", path])).ShouldHaveExited(0);
        demo.Output.ShouldContain("All 1,707 records arrived exactly once: 0 in the right bucket, 1,707 in the dead letters.");
    }

    [Fact]
    public async Task The_demo_delivers_events_in_the_shape_of_sessions_each_once_and_unchanged()
    {
        var events = EventsOf("earthquakes.json", "features");
        using var folder = new TemporaryFolder();
        var path = folder.Write("sessions.ndjson", LinesOf(events.Select(SessionOf)));
        var data = folder.At("data");
        (await Command.RunAsync(["demo", "--file", path, "--data", data])).ShouldHaveExited(0)
            .Output.ShouldContain("All 1,707 records were delivered exactly once, to the right bucket.");

        await using var afterwards = await ServerProcess.StartAsync(data);
        var usa = await DeliveredAsync(afterwards, "de-c2w2lab1-000000000000-usa");
        var others = await DeliveredAsync(afterwards, "de-c2w2lab1-000000000000-int");
        string[] delivered = [.. usa, .. others];
        delivered.Order(StringComparer.Ordinal).ShouldBe(events.Order(StringComparer.Ordinal));
        usa.ShouldAllBe(earthquake => IsInCalifornia(earthquake));
        others.ShouldNotContain(earthquake => IsInCalifornia(earthquake));
    }

    private static List<string> EventsOf(string file, string list)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, file)));
        var root = list.Length > 0 ? document.RootElement.GetProperty(list) : document.RootElement;
        var events = root.EnumerateArray().Select(item => item.GetRawText().ReplaceLineEndings("")).ToList();
        events.Count.ShouldBeGreaterThan(1000);
        return events;
    }

    private static string LinesOf(IEnumerable<string> events) => string.Concat(events.Select(line => line + "\n"));

    /// <summary>What <c>consume</c> prints of a stream.</summary>
    private async Task<List<StoredRecord>> ConsumeAsync(string stream)
    {
        var consume = (await server.Process.RunAsync(["consume", "--stream", stream, "--no-follow", "--output", "json"])).ShouldHaveExited(0);
        return [.. consume.OutputLines.Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            return new StoredRecord(
                record.GetProperty("shardId").GetString()!,
                record.GetProperty("sequenceNumber").GetString()!,
                record.GetProperty("partitionKey").GetString()!,
                Encoding.UTF8.GetBytes(record.GetProperty("data").GetRawText()));
        })];
    }

    /// <summary>Every record is there once; a key's records lie in one shard, in the order in which they were sent and read.</summary>
    private static void ShouldBeSameInOrderOfEachKey(List<StoredRecord> found, List<string> sent, string key)
    {
        found.Count.ShouldBe(sent.Count);
        var sentByKey = sent.GroupBy(line => KeyOf(line, key), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        foreach (var group in found.GroupBy(record => record.PartitionKey, StringComparer.Ordinal))
        {
            group.Select(record => Encoding.UTF8.GetString(record.Data)).SequenceEqual(sentByKey[group.Key], StringComparer.Ordinal).ShouldBeTrue($"the records of {group.Key}");
            group.Select(record => record.ShardId).Distinct().Count().ShouldBe(1);
            group.Zip(group.Skip(1)).ShouldAllBe(pair => pair.First.Number < pair.Second.Number);
        }
    }

    private static string KeyOf(string line, string key)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty(key).ToString();
    }

    private static string SessionOf(string earthquake)
    {
        using var document = JsonDocument.Parse(earthquake);
        var id = document.RootElement.GetProperty("id").GetString();
        var country = IsInCalifornia(earthquake) ? "USA" : "elsewhere";
        return $$"""{"session_id":"{{id}}","country":"{{country}}","browse_history":[{"product_code":"earthquake","quantity":1,"in_shopping_cart":false}],"earthquake":{{earthquake}}}""";
    }

    private static bool IsInCalifornia(string line) => line.Contains(", CA\"", StringComparison.Ordinal);

    /// <summary>The earthquakes in a bucket's objects, where the sessions stand one after another.</summary>
    private static async Task<List<string>> DeliveredAsync(ServerProcess from, string bucket)
    {
        using var http = new BucketHttp(from.Endpoint, bucket);
        var earthquakes = new List<string>();
        foreach (var key in await http.KeysAsync("firehose/"))
            AddAll(await http.GetAsync(key), earthquakes);
        return earthquakes;
    }

    private static void AddAll(ReadOnlySpan<byte> content, List<string> earthquakes)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
            earthquakes.Add(JsonElement.ParseValue(ref reader).GetProperty("earthquake").GetRawText());
    }
}
