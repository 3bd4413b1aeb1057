using Headrace.EndToEnd.Tests.Clients;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Tls;

/// <summary>One port speaks TLS, with HTTP/2 and HTTP/1.1, and cleartext still.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly TlsFiles _files = new();
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(options: ["--tls-certificate", _files.Certificate, "--tls-key", _files.Key]);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task Curl_speaks_every_version_of_HTTP_over_TLS_and_in_cleartext()
    {
        _server.Url.ShouldStartWith("https://");
        var cleartext = _server.Url.Replace("https://", "http://", StringComparison.Ordinal);
        (await CurlAsync(_server.Url, "--http2")).ShouldBe("2 200");
        (await CurlAsync(_server.Url, "--http1.1")).ShouldBe("1.1 200");
        (await CurlAsync(_server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), "--http2", "--ipv4")).ShouldBe("2 200");
        (await CurlAsync(cleartext, "--http1.1")).ShouldBe("1.1 200");
        (await CurlAsync(cleartext, "--http2-prior-knowledge")).ShouldBe("2 200");
    }

    [Fact]
    public async Task Who_does_not_know_the_root_does_not_connect()
    {
        (await Tool.RunAsync(_server, Tool.Scripts, "curl", "--silent", _server.Url)).ExitCode.ShouldBe(60);
        var listed = await _server.RunAsync(["streams", "list"]);
        listed.ShouldHaveExited(1).Error.ShouldContain("certificate");
        listed.Error.TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task Boto3_checks_the_certificate_and_subscribes_over_HTTP_1()
    {
        var run = await Tool.RunAsync(_server, Trusting("AWS_CA_BUNDLE"), Tool.Scripts, Tool.Python, "-W", "ignore::ResourceWarning", "boto3_consumers.py", "Consumers.test_records_are_pushed_and_a_subscription_goes_on_where_another_ended");
        run.ShouldHaveExited(0).Error.ShouldContain("Ran 1 test");
    }

    [Fact]
    public async Task The_javascript_sdk_checks_the_certificate_and_subscribes_over_HTTP_2()
    {
        var run = await Tool.RunAsync(_server, Trusting("NODE_EXTRA_CA_CERTS"), Tool.Scripts, Tool.Node, "--test", "--test-reporter=tap", "--test-name-pattern=records are pushed", "consumers.test.mjs");
        run.ShouldHaveExited(0).Output.ShouldContain("# pass 1", Case.Sensitive, run.ToString());
    }

    [Fact]
    public async Task Our_commands_reach_it_with_a_bundle()
    {
        (await Command.RunAsync(["streams", "create", "s", "--shards", "1", "--endpoint-url", _server.Url, "--ca-bundle", _files.Bundle])).ShouldHaveExited(0);
        (await CommandAsync("produce", "--stream", "s", "--generate", "--count", "20")).ShouldHaveExited(0);
        (await CommandAsync("consume", "--stream", "s", "--from", "trim-horizon", "--no-follow")).ShouldHaveExited(0).OutputLines.Length.ShouldBe(20);
        (await CommandAsync("buckets", "create", "over-tls")).ShouldHaveExited(0);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("file"), "over TLS", TestContext.Current.CancellationToken);
        (await CommandAsync("buckets", "cp", folder.At("file"), "s3://over-tls/file")).ShouldHaveExited(0);
        (await CommandAsync("buckets", "cat", "s3://over-tls/file")).ShouldHaveExited(0).Output.ShouldBe("over TLS");
        (await CommandAsync("delivery", "create", "--name", "d", "--bucket", "over-tls")).ShouldHaveExited(0);
    }

    private Task<CommandResult> CommandAsync(params string[] args) => Command.RunAsync([.. args, "--endpoint-url", _server.Url], environment: Trusting("AWS_CA_BUNDLE"));

    private Dictionary<string, string> Trusting(string variable) => new() { [variable] = _files.Bundle };

    /// <summary>Calls ListStreams; gives HTTP's version and the status.</summary>
    private async Task<string> CurlAsync(string url, params string[] options)
    {
        var run = await Tool.RunAsync(
            _server,
            Tool.Scripts,
            "curl",
            [
                "--silent", "--show-error", "--cacert", _files.Bundle, .. options, "--output", "/dev/null", "--write-out", "%{http_version} %{http_code}",
                "-H", "X-Amz-Target: Kinesis_20131202.ListStreams", "-H", "Content-Type: application/x-amz-json-1.1", "-d", "{}", url,
            ]);
        return run.ShouldHaveExited(0).Output;
    }
}
