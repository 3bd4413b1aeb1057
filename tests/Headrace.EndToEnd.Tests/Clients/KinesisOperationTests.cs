using System.Text.RegularExpressions;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>Every operation answers through AWS's own clients, as far as the installed ones know it.</summary>
public sealed partial class KinesisOperationTests(SharedServer server) : IClassFixture<SharedServer>
{
    /// <summary>Operations that are newer than Debian's boto3.</summary>
    private static readonly string[] NewerThanBoto3 =
    [
        "DeleteResourcePolicy", "DescribeAccountSettings", "GetResourcePolicy", "ListTagsForResource", "PutResourcePolicy", "TagResource", "UntagResource",
        "UpdateAccountSettings", "UpdateMaxRecordSize", "UpdateStreamRecordDistributionStrategy", "UpdateStreamWarmThroughput",
    ];

    /// <summary>No client of AWS's knows it.</summary>
    private const string HeadracesOwn = "DescribeProducer";

    [Fact]
    public async Task Boto3_calls_every_operation_that_it_knows()
    {
        var run = await Tool.RunAsync(server.Process, Tool.Scripts, Tool.Python, "-W", "ignore::ResourceWarning", "boto3_operations.py");
        Called(run.ShouldHaveExited(0)).Concat(NewerThanBoto3).Order(StringComparer.Ordinal).ShouldBe(Operations());
    }

    [Fact]
    public async Task The_javascript_sdk_calls_every_operation()
    {
        var run = await Tool.RunAsync(server.Process, Tool.Scripts, Tool.Node, "--test", "--test-reporter=tap", "operations.test.mjs");
        Called(run.ShouldHaveExited(0)).Order(StringComparer.Ordinal).ShouldBe(Operations());
    }

    private static string[] Called(CommandResult run) => CalledLine().Match(run.Output).Groups["names"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The operations that docs/compatibility.md has, which another test holds to be those that the server routes; <c>channels.test.mjs</c> calls those on channels.</summary>
    private static IEnumerable<string> Operations()
    {
        var page = File.ReadAllText(Path.Combine(BuiltCommand.RepositoryRoot, "docs", "compatibility.md")).ReplaceLineEndings("\n");
        var section = page.Split("\n## ").Single(part => part.StartsWith("Kinesis Data Streams", StringComparison.Ordinal));
        return TableLine().Matches(section).SelectMany(line => line.Groups["names"].Value.Split(", ")).Where(name => name is not ("operation" or HeadracesOwn) && !name.Contains("Channel", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex("called:(?<names>( [A-Za-z]+)+)", RegexOptions.ExplicitCapture)]
    private static partial Regex CalledLine();

    [GeneratedRegex(@"^\| (?<names>[A-Za-z]+(, [A-Za-z]+)*) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex TableLine();
}
