using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>Runs what <c>clients/boto3_*.py</c> say that boto3 does.</summary>
public sealed class Boto3Tests(SharedServer server) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("boto3_streams.py", 7)]
    [InlineData("boto3_consumers.py", 5)]
    [InlineData("boto3_firehose.py", 11)]
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
}
