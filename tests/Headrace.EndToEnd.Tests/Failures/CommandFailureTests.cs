using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Failures;

/// <summary>What goes wrong at the hands of a user gives one clear line and the right exit code, never a stack trace or a hang.</summary>
public sealed class CommandFailureTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string BothSides = """{"USA":"usa","International":"int"}""";

    /// <summary>Nobody listens there: the port is reserved for discarding, and closed everywhere.</summary>
    private const string Nobody = "http://127.0.0.1:9";

    private readonly ServerProcess _server = shared.Process;

    [Theory]
    [InlineData("streams", "describe", "nope")]
    [InlineData("streams", "delete", "nope")]
    [InlineData("produce", "--stream", "nope", "--json-string", "{}")]
    [InlineData("produce", "--stream", "nope", "--generate", "--count", "1000")]
    [InlineData("consume", "--stream", "nope")]
    [InlineData("consume", "--stream", "nope", "--group", "g")]
    [InlineData("etl", "--source-stream", "nope", "--dest-streams", BothSides)]
    [InlineData("delivery", "describe", "nope")]
    [InlineData("delivery", "delete", "nope")]
    public async Task A_name_that_does_not_exist(params string[] args)
    {
        var line = (await _server.RunAsync(args)).ShouldHaveFailedClearly(1);
        line.ShouldContain("ResourceNotFoundException");
        line.ShouldContain("nope");
    }

    [Fact]
    public async Task Destination_streams_of_the_etl_that_do_not_exist()
    {
        await CreateAsync("etl-source");
        (await _server.RunAsync(["etl", "--source-stream", "etl-source", "--dest-streams", BothSides])).ShouldHaveFailedClearly(1).ShouldContain("usa");
    }

    [Theory]
    [InlineData("produce", "--stream", "s", "--json-string", "{}")]
    [InlineData("produce", "--stream", "s", "--generate", "--count", "1000")]
    [InlineData("consume", "--stream", "s")]
    [InlineData("etl", "--source-stream", "s", "--dest-streams", BothSides)]
    [InlineData("streams", "list")]
    [InlineData("buckets", "list")]
    [InlineData("buckets", "ls", "s3://b")]
    [InlineData("delivery", "list")]
    public async Task An_endpoint_where_nobody_listens(params string[] args)
    {
        var line = (await Command.RunAsync([.. args, "--endpoint-url", Nobody])).ShouldHaveFailedClearly(1);
        line.ShouldContain("127.0.0.1:9");
        line.ShouldContain("headrace serve");
    }

    [Fact]
    public async Task An_endpoint_of_the_environment_where_nobody_listens() =>
        (await Command.RunAsync(["streams", "list"], environment: new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = Nobody })).ShouldHaveFailedClearly(1).ShouldContain("127.0.0.1:9");

    [Fact]
    public async Task An_endpoint_that_is_no_url() =>
        (await Command.RunAsync(["streams", "list", "--endpoint-url", "localhost"])).ShouldHaveFailedClearly(2).ShouldContain("--endpoint-url");

    [Fact]
    public async Task Bad_json_on_the_command_line()
    {
        await CreateAsync("bad-json");
        (await _server.RunAsync(["produce", "--stream", "bad-json", "--json-string", """{"session_id": }"""])).ShouldHaveFailedClearly(2).ShouldContain("not valid JSON");
        (await StoredAsync("bad-json")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bad_json_in_a_file_names_its_line_and_the_records_before_it_are_stored()
    {
        await CreateAsync("bad-file");
        using var folder = new TemporaryFolder();
        var file = folder.Write("records.ndjson", "{\"session_id\":\"a\"}\n{\"session_id\":\"b\"}\n{\"session_id\":\n{\"session_id\":\"d\"}\n");
        var line = (await _server.RunAsync(["produce", "--stream", "bad-file", "--file", file])).ShouldHaveFailedClearly(1);
        line.ShouldContain($"{file}, line 3");
        (await StoredAsync("bad-file")).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public async Task Bad_json_on_standard_input()
    {
        await CreateAsync("bad-input");
        (await _server.RunAsync(["produce", "--stream", "bad-input", "-"], "{\"session_id\":\"a\"}\nno json\n")).ShouldHaveFailedClearly(1).ShouldContain("standard input, line 2");
        (await StoredAsync("bad-input")).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_record_that_is_too_large()
    {
        await CreateAsync("too-large");
        using var folder = new TemporaryFolder();
        var file = folder.Write("records.ndjson", $"{{\"session_id\":\"{new string('x', 11 * 1024 * 1024)}\"}}\n");
        (await _server.RunAsync(["produce", "--stream", "too-large", "--file", file, "--partition-key", "k"])).ShouldHaveFailedClearly(1);
        (await StoredAsync("too-large")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("produce", "--stream", "s")]
    [InlineData("produce", "--stream", "s", "--generate", "--count", "0")]
    [InlineData("produce", "--stream", "s", "--generate", "--rate", "many")]
    [InlineData("consume")]
    [InlineData("consume", "--stream", "s", "--from", "yesterday")]
    [InlineData("etl", "--source-stream", "s", "--dest-streams", "{")]
    [InlineData("streams", "create")]
    [InlineData("serve", "--durability", "maybe")]
    [InlineData("serve", "--listen", "somewhere")]
    [InlineData("serve", "--listen", "0.0.0.0:0")]
    [InlineData("nonsense")]
    public async Task A_command_line_that_makes_no_sense(params string[] args) => (await Command.RunAsync(args)).ShouldHaveFailedClearly(2);

    private async Task CreateAsync(string stream)
    {
        using var kinesis = new KinesisHttp(_server.Endpoint);
        await kinesis.CreateStreamAsync(stream, shards: 1);
    }

    private async Task<List<string>> StoredAsync(string stream)
    {
        using var kinesis = new KinesisHttp(_server.Endpoint);
        return [.. (await kinesis.ReadAllAsync(stream)).Select(record => record.Member("session_id"))];
    }
}
