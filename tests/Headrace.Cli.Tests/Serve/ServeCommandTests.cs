namespace Headrace.Cli.Tests.Serve;

public sealed class ServeCommandTests
{
    [Theory]
    [InlineData(false, 130)]
    [InlineData(true, 0)]
    public async Task It_stops_when_told(bool termination, int exitCode)
    {
        await using var server = await RunningServer.StartAsync();
        (await server.StopAsync(termination)).ShouldBe(exitCode);
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        await using var server = await RunningServer.StartAsync();
        using var folder = new TemporaryFolder();
        using var second = new CommandLineRun();
        var address = new Uri(server.Url).Authority;
        (await second.RunAsync("serve", "--data", folder.Path, "--listen", address)).ShouldBe(1);
        second.Error.ShouldStartWith($"headrace: cannot listen on {address}: the port is in use");
        second.Error.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_data_directory_in_use_is_one_clear_line()
    {
        await using var server = await RunningServer.StartAsync();
        using var second = new CommandLineRun();
        (await second.RunAsync("serve", "--data", server.Data, "--listen", "127.0.0.1:0")).ShouldBe(1);
        second.Error.ShouldContain(server.Data);
        second.Error.ShouldContain("in use");
        second.Error.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_one_clear_line()
    {
        using var folder = new TemporaryFolder();
        using var run = new CommandLineRun();
        (await run.RunAsync("serve", "--data", folder.File("file", "x"), "--listen", "127.0.0.1:0")).ShouldBe(1);
        run.Error.ShouldStartWith("headrace: ");
        run.Error.TrimEnd().ShouldNotContain('\n');
    }
}
