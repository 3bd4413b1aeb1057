using System.Net;
using System.Net.Sockets;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Failures;

/// <summary>What keeps a server from starting is told in one line, and harms no server that runs.</summary>
public sealed class ServeFailureTests
{
    private const string AnyPort = "127.0.0.1:0";

    [Fact]
    public async Task A_port_in_use()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var line = (await Command.RunAsync(["serve", "--listen", $"{taken.LocalEndpoint}", "--data", folder.At("data")])).ShouldHaveFailedClearly(1);
        line.ShouldContain($"{taken.LocalEndpoint}");
        line.ShouldContain("in use");
    }

    [Fact]
    public async Task An_address_of_another_machine()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", """{"accessKeys":{"AKIDEXAMPLE":"secret"}}""");
        (await Command.RunAsync(["serve", "--listen", "192.0.2.1:4566", "--data", folder.At("data"), "--config", config])).ShouldHaveFailedClearly(1).ShouldContain("192.0.2.1:4566");
    }

    [Fact]
    public async Task A_data_directory_in_use_by_another_server()
    {
        await using var server = await ServerProcess.StartAsync();
        (await Command.RunAsync(["serve", "--listen", AnyPort, "--data", server.Data])).ShouldHaveFailedClearly(1).ShouldContain(server.Data);
        (await server.RunAsync(["streams", "create", "still-here"])).ShouldHaveExited(0);
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("data", "");
        (await Command.RunAsync(["serve", "--listen", AnyPort, "--data", file])).ShouldHaveFailedClearly(1).ShouldContain(file);
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"colour":"blue"}""", "colour")]
    public async Task A_configuration_that_makes_no_sense(string config, string told)
    {
        using var folder = new TemporaryFolder();
        (await Command.RunAsync(["serve", "--listen", AnyPort, "--data", folder.At("data"), "--config", folder.Write("config.json", config)])).ShouldHaveFailedClearly(2).ShouldContain(told);
    }

    [Fact]
    public async Task A_control_database_that_is_no_database()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("data"));
        folder.Write("data/headrace.db", string.Concat(Enumerable.Repeat("this is not a database. ", 1000)));
        (await Command.RunAsync(["serve", "--listen", AnyPort, "--data", folder.At("data")])).ShouldHaveFailedClearly(1).ShouldContain("headrace.db");
    }
}
