using System.Text.RegularExpressions;
using Headrace.Server.AwsJson;
using Headrace.Server.Firehose;
using Headrace.Server.Kinesis;

namespace Headrace.Server.Tests.AwsJson;

/// <summary>docs/compatibility.md names what the server routes, all of it and nothing else.</summary>
public sealed partial class CompatibilityPageTests
{
    [Fact]
    public void Of_Kinesis() => ShouldBeListed("## Kinesis Data Streams", KinesisService.Create(null!, null!));

    [Fact]
    public void Of_Firehose() => ShouldBeListed("## Data Firehose", FirehoseService.Create(null!));

    private static void ShouldBeListed(string heading, AwsJsonService service)
    {
        var section = Page().Split("\n## ").Single(part => $"## {part}".StartsWith(heading, StringComparison.Ordinal));
        var listed = section.Split('\n')
            .Select(line => TableLine().Match(line))
            .Where(match => match.Success && match.Groups["names"].Value is not "operation")
            .SelectMany(match => match.Groups["names"].Value.Split(", "));
        listed.Order(StringComparer.Ordinal).ShouldBe(service.OperationNames.Order(StringComparer.Ordinal));
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Headrace.slnx")))
            folder = folder.Parent!;
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "compatibility.md")).ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\A\| (?<names>[A-Za-z]+(?:, [A-Za-z]+)*) \|", RegexOptions.ExplicitCapture)]
    private static partial Regex TableLine();
}
