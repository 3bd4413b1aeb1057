using System.Text.Json;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>A server, a folder, and the AWS CLI between them.</summary>
public sealed class AwsCliFixture : IAsyncLifetime
{
    private ServerProcess _server = null!;

    internal TemporaryFolder Folder { get; } = new();

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>Runs the CLI; gives its standard output.</summary>
    internal async Task<string> AwsAsync(params IEnumerable<string> args) => (await TryAwsAsync(args)).ShouldHaveExited(0).Output;

    /// <summary>Runs the CLI with an access key id; gives its standard output.</summary>
    internal async Task<string> AwsAsAsync(string accessKeyId, params IEnumerable<string> args) =>
        (await Tool.RunAsync(_server, Folder.Path, "env", [$"AWS_ACCESS_KEY_ID={accessKeyId}", Tool.AwsCli, "--endpoint-url", _server.Url, .. args])).ShouldHaveExited(0).Output;

    /// <summary>Runs the CLI; gives the JSON that it prints.</summary>
    internal async Task<JsonElement> JsonAsync(params IEnumerable<string> args) => JsonDocument.Parse(await AwsAsync([.. args, "--output", "json"])).RootElement;

    internal Task<CommandResult> TryAwsAsync(params IEnumerable<string> args) =>
        Tool.RunAsync(_server, Folder.Path, Tool.AwsCli, ["--endpoint-url", _server.Url, "--no-cli-pager", .. args]);
}
