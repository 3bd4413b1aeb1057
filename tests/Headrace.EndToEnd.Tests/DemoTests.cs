using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests;

/// <summary><c>headrace demo</c> as a newcomer runs it.</summary>
public sealed class DemoTests : IDisposable
{
    // Where the demo puts its data, so that what it leaves behind can be seen.
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task It_delivers_every_record_exactly_once_and_leaves_nothing_behind()
    {
        await using var demo = Start(["demo", "--count", "10000"]);
        demo.Input.Close();
        var result = (await demo.EndAsync()).ShouldHaveExited(0);
        result.Output.ShouldContain("10,000");
        result.Output.ShouldContain("All 10,000 records were delivered exactly once, to the right bucket.");
        ShouldHaveLeftNothing();
    }

    [Theory]
    [InlineData("a server runs at")]
    [InlineData("are active")]
    [InlineData("produced")]
    public async Task Interrupted_at_any_stage_it_leaves_nothing_behind(string stage)
    {
        await using var demo = Start(["demo", "--count", "1000000"]);
        await Deadline.UntilAsync(() => demo.Error.Contains(stage, StringComparison.Ordinal), $"it says '{stage}': {demo}");
        demo.Interrupt();
        var result = (await demo.EndAsync()).ShouldHaveExited(130);
        result.Error.ShouldNotContain("   at ", Case.Sensitive, result.Error);
        ShouldHaveLeftNothing();
    }

    private RunningProcess Start(string[] args) => Command.Start(args, new Dictionary<string, string> { ["TMPDIR"] = _temporary.Path });

    private void ShouldHaveLeftNothing() => Directory.EnumerateDirectories(_temporary.Path).Select(Path.GetFileName).ShouldBeEmpty();
}
