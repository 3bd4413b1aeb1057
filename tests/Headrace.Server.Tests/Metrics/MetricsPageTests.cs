using System.Text.RegularExpressions;

namespace Headrace.Server.Tests.Metrics;

/// <summary>docs/metrics.md and the dashboard, held against what a server tells.</summary>
public sealed partial class MetricsPageTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_page_lists_every_metric_and_no_other()
    {
        var listed = Listed().Matches(await File.ReadAllTextAsync(Page("metrics.md"))).Select(match => match.Groups["name"].Value).ToList();
        listed.ShouldBe(await NamesAsync(), ignoreOrder: true);
    }

    [Fact]
    public async Task The_dashboard_asks_for_metrics_that_there_are()
    {
        var names = await NamesAsync();
        var asked = Asked().Matches(await File.ReadAllTextAsync(Page("grafana-dashboard.json"))).Select(match => match.Value).Distinct().ToList();
        asked.ShouldNotBeEmpty();
        asked.Select(name => Suffix().Replace(name, "")).Except(names).ShouldBeEmpty();
    }

    private async Task<List<string>> NamesAsync()
    {
        var scrape = await server.Http.GetStringAsync(new Uri(server.Endpoint, "metrics"));
        return [.. Told().Matches(scrape).Select(match => match.Groups["name"].Value)];
    }

    private static string Page(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Headrace.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "docs", name);
    }

    [GeneratedRegex("^# TYPE (?<name>[^ ]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Told();

    [GeneratedRegex(@"^\| `(?<name>[a-z0-9]+_\w+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\b(kinesis|firehose|s3|process|disk)_\w+", RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Suffix();
}
