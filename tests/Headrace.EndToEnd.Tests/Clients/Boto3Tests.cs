using System.Globalization;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>Runs what <c>clients/boto3_*.py</c> say that boto3 does.</summary>
public sealed class Boto3Tests(SharedServer server) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("boto3_streams.py", 7)]
    [InlineData("boto3_consumers.py", 5)]
    [InlineData("boto3_firehose.py", 14)]
    [InlineData("boto3_s3.py", 11)]
    [InlineData("boto3_buckets.py", 15)]
    [InlineData("boto3_accounts.py", 9)]
    [InlineData("boto3_encryption.py", 6)]
    public async Task Boto3_works_unchanged(string script, int cases)
    {
        var run = await Tool.RunAsync(server.Process, Tool.Scripts, Tool.Python, "-W", "ignore::ResourceWarning", script);
        run.ShouldHaveExited(0).Error.ShouldContain($"Ran {cases} tests");
        run.Error.ShouldNotContain("skipped");
    }

    [Fact]
    public async Task Records_are_processed_by_functions_filters_and_programs()
    {
        var port = ServerPorts.Next().ToString(CultureInfo.InvariantCulture);
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", """{"programs": {"clean": ["jq", "-c", "--unbuffered", "if .n == 9 then {\"$error\": \"nine\"} else .clean = true end"]}}""");
        await using var own = await ServerProcess.StartAsync(options: ["--lambda-endpoint", $"http://127.0.0.1:{port}", "--config", config]);
        var run = await Tool.RunAsync(own, new Dictionary<string, string> { ["LAMBDA_PORT"] = port }, Tool.Scripts, Tool.Python, "-W", "ignore::ResourceWarning", "boto3_functions.py");
        run.ShouldHaveExited(0).Error.ShouldContain("Ran 2 tests");
    }
}
