using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Headrace.Pipelines.Tests;

/// <summary>The examples over real data give what jq alone computes from the same file.</summary>
public sealed class ExampleTests
{
    [Fact]
    public async Task Earthquakes_go_by_magnitude_and_region_as_jq_says()
    {
        var outcomes = await Dry.RunAsync(PipelineFile.Load(Path.Combine(Repository.Example("earthquakes"), "pipeline.yaml")), Records("earthquakes.json", document => document.GetProperty("features")));
        string Ids(string destination) => string.Join(' ', outcomes.Where(outcome => outcome.Destination == destination).Select(outcome => outcome.PartitionKey));
        const string kept = "[.features[] | select(.properties.mag != null)";
        Ids("strong").ShouldBe(Jq("earthquakes.json", kept + " | select(.properties.mag >= 4.5) | .id] | join(\" \")"));
        Ids("california").ShouldBe(Jq("earthquakes.json", kept + " | select(.properties.place | test(\"(^|, )(CA|California)$\")) | .id] | join(\" \")"));
        Ids("elsewhere").ShouldBe(Jq("earthquakes.json", kept + " | select(.properties.place | test(\"(^|, )(CA|California)$\") | not) | .id] | join(\" \")"));
        outcomes.Count(outcome => outcome.Fault is not null).ShouldBe(0);
        Ids("strong").Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Flights_are_counted_by_hour_and_distance_as_jq_counts_them()
    {
        var outcomes = await Dry.RunAsync(PipelineFile.Load(Path.Combine(Repository.Example("flights"), "pipeline.yaml")), Records("flights-200k.json", document => document));
        var windows = outcomes.Where(outcome => outcome.Destination is not null).Select(outcome => JsonDocument.Parse(outcome.Json).RootElement)
            .Select(window => (window.GetProperty("window_start").GetDateTimeOffset().ToUnixTimeSeconds() / 3600, window.GetProperty("key").GetString()!, window.GetProperty("flights").GetInt64(), Rounded(window.GetProperty("mean_delay")), Rounded(window.GetProperty("worst_delay"))));
        var expected = JsonDocument.Parse(Jq("flights-200k.json", """
            [.[] | {hour: (.time | floor), band: (if .distance < 500 then "short" elif .distance < 1500 then "medium" else "long" end), delay}]
            | group_by([.hour, .band]) | map([.[0].hour, .[0].band, length, (map(.delay) | add / length), (map(.delay) | max)])
            """)).RootElement.EnumerateArray().Select(group => (group[0].GetInt64(), group[1].GetString()!, group[2].GetInt64(), Rounded(group[3]), Rounded(group[4]))).ToList();

        windows.Order().ShouldBe(expected.Order());
        expected.Sum(group => group.Item3).ShouldBe(outcomes.Count(outcome => outcome.Record is not null));
        outcomes.Count(outcome => outcome.Fault is not null).ShouldBe(0);
    }

    private static double Rounded(JsonElement number) => Math.Round(number.GetDouble(), 6);

    private static List<byte[]> Records(string file, Func<JsonElement, JsonElement> list)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Data(file)));
        return [.. list(document.RootElement).EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetRawText()))];
    }

    private static string Jq(string file, string filter)
    {
        using var process = Process.Start(new ProcessStartInfo("jq", ["-cr", filter, Repository.Data(file)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return output.TrimEnd('\n');
    }
}
