using System.Text;
using System.Text.Json;
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
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Every_event_comes_back_as_it_went_in(string file, string list, string key)
    {
        var events = EventsOf(file, list);
        using var folder = new TemporaryFolder();
        var path = folder.Write("events.ndjson", string.Concat(events.Select(line => line + "\n")));
        using var kinesis = new KinesisHttp(server.Process.Endpoint);
        var stream = Path.GetFileNameWithoutExtension(file);
        await kinesis.CreateStreamAsync(stream, shards: 3);
        (await server.Process.RunAsync(["produce", "--stream", stream, "--file", path, "--partition-key-from", key])).ShouldHaveExited(0);

        var stored = await kinesis.ReadAllAsync(stream);
        stored.Count.ShouldBe(events.Count);
        // A key's records lie in one shard in the order that they were sent in; keys are compared one by one.
        var sent = events.GroupBy(line => KeyOf(line, key), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        foreach (var group in stored.GroupBy(record => record.PartitionKey, StringComparer.Ordinal))
            group.OrderBy(record => record.Number).Select(record => Encoding.UTF8.GetString(record.Data)).ShouldBe(sent[group.Key]);
    }

    [Fact]
    public async Task The_demo_takes_them_and_loses_none()
    {
        var events = EventsOf("earthquakes.json", "features");
        using var folder = new TemporaryFolder();
        var path = folder.Write("events.ndjson", string.Concat(events.Select(line => line + "\n")));
        var demo = (await Command.RunAsync(["demo", "--file", path])).ShouldHaveExited(0);
        demo.Output.ShouldContain("All 1,707 records arrived exactly once");
    }

    private static List<string> EventsOf(string file, string list)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, file)));
        var root = list.Length > 0 ? document.RootElement.GetProperty(list) : document.RootElement;
        var events = root.EnumerateArray().Select(item => item.GetRawText().ReplaceLineEndings("")).ToList();
        events.Count.ShouldBeGreaterThan(1000);
        return events;
    }

    private static string KeyOf(string line, string key)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty(key).GetString()!;
    }
}
