using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>Runs what <c>clients/*.test.mjs</c> say that the JavaScript SDK does; it speaks HTTP/2 to Kinesis.</summary>
public sealed class JavaScriptTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("streams.test.mjs", 4)]
    [InlineData("consumers.test.mjs", 3)]
    [InlineData("s3.test.mjs", 4)]
    public async Task The_javascript_sdk_works_unchanged(string script, int cases)
    {
        var run = await Tool.RunAsync(server.Process, Tool.Scripts, Tool.Node, "--test", "--test-reporter=tap", script);
        run.ShouldHaveExited(0).Output.ShouldContain($"# pass {cases}", Case.Sensitive, run.ToString());
    }
}
