using System.Globalization;
using System.Text;
using System.Text.Json;
using Headrace.EndToEnd.Tests.Clients;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Lab;

/// <summary>The lab as it was taught, by the scripts in examples/streaming-ingestion and boto3.</summary>
public sealed class LabScriptsTests : IAsyncLifetime
{
    private const int Sessions = 300;
    private const string Usa = "de-c2w2lab1-000000000000-usa";
    private const string International = "de-c2w2lab1-000000000000-int";
    private const string Destinations = """{"USA": "de-c2w2lab1-usa-data-stream", "International": "de-c2w2lab1-international-data-stream"}""";

    private static readonly string Folder = Path.Combine(BuiltCommand.RepositoryRoot, "examples", "streaming-ingestion");

    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Its_steps_lead_from_a_record_to_two_buckets()
    {
        var created = (await RunAsync("create.py")).OutputLines;
        created.Length.ShouldBe(8);
        (await RunAsync("create.py")).OutputLines.ShouldBe(created, "what is there stays");

        var record = await File.ReadAllTextAsync(Path.Combine(Folder, "record.json"));
        var place = (await RunAsync("producer.py", "--stream", "de-c2w2lab1-kinesis-data-stream-cli", "--json_string", record)).Output.Trim();
        var consumed = (await RunAsync("consumer.py", "--stream", "de-c2w2lab1-kinesis-data-stream-cli", "--count", "1")).Output;
        consumed.ShouldStartWith(place);
        consumed.ShouldContain("\"city\": \"Washington\"");

        (await _server.RunAsync(["produce", "--stream", "de-c2w2lab1-kinesis-data-stream", "--generate", "--count", "300", "--seed", "7"])).ShouldHaveExited(0);
        await RunAsync("etl.py", "--source_stream", "de-c2w2lab1-kinesis-data-stream", "--dest_streams", Destinations, "--count", "300");

        // Delivery waits a minute for more.
        using var http = new HttpClient { BaseAddress = _server.Endpoint };
        foreach (var bucket in new[] { Usa, International })
            await Deadline.UntilAsync(async () => (await http.GetStringAsync(bucket)).Contains("<Key>", StringComparison.Ordinal), $"an object is in {bucket}", TimeSpan.FromMinutes(3));
        var delivered = new List<JsonElement>();
        await Deadline.UntilAsync(async () => (delivered = [.. await ReadAsync(Usa), .. await ReadAsync(International)]).Count >= Sessions, "all sessions are delivered", TimeSpan.FromMinutes(3));
        delivered.Count.ShouldBe(Sessions);
        delivered.Select(session => session.GetProperty("session_id").GetString()).Distinct().Count().ShouldBe(Sessions);
        delivered.ShouldAllBe(session => HasItsTotals(session));
        (await ReadAsync(Usa)).ShouldAllBe(session => session.GetProperty("country").GetString() == "USA");
        (await ReadAsync(International)).ShouldAllBe(session => session.GetProperty("country").GetString() != "USA");

        await RunAsync("delete.py");
        await Deadline.UntilAsync(async () => (await _server.RunAsync(["streams", "list"])).Output.Length == 0, "no stream is left");
        (await _server.RunAsync(["buckets", "list"])).Output.ShouldBeEmpty();
        await RunAsync("delete.py");
    }

    [Fact]
    public async Task The_consumer_goes_on_with_the_halves_of_a_split_shard_until_it_is_interrupted()
    {
        using var kinesis = new KinesisHttp(_server.Endpoint);
        await kinesis.CreateStreamAsync("s", shards: 1);
        await kinesis.PutRecordAsync("s", "a", "before"u8.ToArray());
        await using var consumer = Tool.Start(_server, Folder, Tool.Python, "consumer.py", "--stream", "s");
        await Deadline.UntilAsync(() => consumer.Output.Contains("before", StringComparison.Ordinal), $"the first record is printed: {consumer}");
        (await _server.RunAsync(["streams", "split", "s", "--shard", "shardId-000000000000"])).ShouldHaveExited(0);
        await Deadline.UntilAsync(async () => await kinesis.StatusAsync("s") == "ACTIVE", "the stream is split");
        for (var number = 0; number < 20; number++)
            await kinesis.PutRecordAsync("s", $"key {number}", Encoding.UTF8.GetBytes($"after {number}"));
        await Deadline.UntilAsync(() => consumer.Output.Split('\n').Length > 21, $"every record is printed: {consumer}");
        consumer.Interrupt();
        var ended = (await consumer.EndAsync()).ShouldHaveExited(130);
        ended.Error.ShouldBeEmpty();
        ended.OutputLines.Select(line => line[(line.IndexOf(' ', line.IndexOf(' ', StringComparison.Ordinal) + 1) + 1)..])
            .ShouldBe([.. Enumerable.Range(0, 20).Select(number => $"after {number}"), "before"], ignoreOrder: true);
        ended.OutputLines.Select(line => line.Split(' ')[0]).Distinct().Count().ShouldBe(3, "the parent and both children");
    }

    [Theory]
    [InlineData(2, "--json_string must be a JSON object with a session_id", "producer.py", "--stream", "none", "--json_string", "{}")]
    [InlineData(2, "argument --dest_streams: must be like", "etl.py", "--source_stream", "none", "--dest_streams", """{"USA": "a"}""")]
    [InlineData(1, "Stream none under account 000000000000 not found.", "producer.py", "--stream", "none", "--json_string", """{"session_id": "a"}""")]
    [InlineData(1, "Stream none under account 000000000000 not found.", "consumer.py", "--stream", "none")]
    public async Task A_mistake_is_answered_with_a_word(int code, string word, params string[] line)
    {
        var refused = await Tool.RunAsync(_server, Folder, Tool.Python, line);
        refused.ShouldHaveExited(code).Error.ShouldContain(word);
        refused.Error.ShouldNotContain("Traceback");
    }

    private async Task<CommandResult> RunAsync(string script, params string[] args) =>
        (await Tool.RunAsync(_server, Folder, Tool.Python, [script, .. args])).ShouldHaveExited(0);

    /// <summary>Every record of every object that was delivered into a bucket.</summary>
    private async Task<List<JsonElement>> ReadAsync(string bucket)
    {
        var sessions = new List<JsonElement>();
        foreach (var line in (await _server.RunAsync(["buckets", "ls", $"s3://{bucket}/firehose/"])).ShouldHaveExited(0).OutputLines)
        {
            var key = line[line.IndexOf("firehose/", StringComparison.Ordinal)..];
            key.ShouldMatch(@"^firehose/\d{4}/\d\d/\d\d/\d\d/de-c2w2lab1-firehose-(usa|international)-1-\d{4}(-\d\d){5}-[0-9a-f-]{36}$");
            var content = (await _server.RunAsync(["buckets", "cat", $"s3://{bucket}/{key}"])).ShouldHaveExited(0);
            sessions.AddRange(content.OutputLines.Select(text => JsonDocument.Parse(text).RootElement));
        }
        return sessions;
    }

    private static bool HasItsTotals(JsonElement session)
    {
        var products = session.GetProperty("browse_history").EnumerateArray()
            .Select(product => (Quantity: int.Parse(product.GetProperty("quantity").ToString(), CultureInfo.InvariantCulture), InCart: product.GetProperty("in_shopping_cart").GetBoolean()))
            .ToList();
        return session.GetProperty("overall_product_quantity").GetInt32() == products.Sum(product => product.Quantity)
            && session.GetProperty("overall_in_shopping_cart").GetInt32() == products.Where(product => product.InCart).Sum(product => product.Quantity)
            && session.GetProperty("total_different_products").GetInt32() == products.Count
            && DateTimeOffset.TryParse(session.GetProperty("processing_timestamp").GetString(), CultureInfo.InvariantCulture, out _);
    }
}
