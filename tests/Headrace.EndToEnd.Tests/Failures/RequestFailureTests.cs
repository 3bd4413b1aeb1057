using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Failures;

/// <summary>Requests that cannot be served get AWS's error, and the server goes on.</summary>
public sealed class RequestFailureTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int LargestPutRecords = 10 * 1024 * 1024;

    private readonly ServerProcess _server = shared.Process;

    [Fact]
    public async Task An_unknown_operation() => await ShouldBeRefusedAsync("MakeCoffee", new StringContent("{}"), HttpStatusCode.BadRequest, "UnknownOperationException");

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("no json")]
    [InlineData("{\"StreamName\":\"s\"} trailing")]
    [InlineData("{\"StreamName\":5}")]
    [InlineData("{\"StreamName\":{\"a\":[]}}")]
    public async Task Malformed_json(string body)
    {
        await ShouldBeRefusedAsync("DescribeStream", new StringContent(body), HttpStatusCode.BadRequest, "SerializationException");
        await ShouldBeRefusedAsync("PutRecords", new StringContent(body), HttpStatusCode.BadRequest, "SerializationException");
    }

    [Fact]
    public async Task Bytes_that_are_no_utf_8() => await ShouldBeRefusedAsync(
        "PutRecord", new ByteArrayContent([.. "{\"StreamName\":\""u8, 0xff, 0xfe, .. "\",\"Data\":\"\",\"PartitionKey\":\"k\"}"u8]), HttpStatusCode.BadRequest, "SerializationException");

    [Fact]
    public async Task Half_of_a_surrogate_pair() => await ShouldBeRefusedAsync(
        "PutRecord", new StringContent("""{"StreamName":"s","Data":"","PartitionKey":"\ud800"}"""), HttpStatusCode.BadRequest, "SerializationException");

    [Fact]
    public async Task No_body_at_all() =>
        await ShouldBeRefusedAsync("ListStreams", new ByteArrayContent([]), HttpStatusCode.BadRequest, "SerializationException");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit(bool chunked)
    {
        // What 500 records may have together, in Base64, and half as much again.
        var body = new JsonObject
        {
            ["StreamName"] = "s",
            ["Records"] = new JsonArray([.. Enumerable.Range(0, 30).Select(_ => (JsonNode)new JsonObject { ["PartitionKey"] = "k", ["Data"] = Convert.ToBase64String(new byte[LargestPutRecords / 20]) })]),
        };
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        using var kinesis = new KinesisHttp(_server.Endpoint);
        using var answer = await kinesis.SendAsync("PutRecords", chunked ? new ChunkedContent(bytes) : new ByteArrayContent(bytes));
        ((int)answer.StatusCode).ShouldBeInRange(400, 499, await answer.Content.ReadAsStringAsync());
        await ShouldBeAliveAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_far_over_the_limit(bool chunked)
    {
        var bytes = new byte[64 * 1024 * 1024];
        bytes.AsSpan().Fill((byte)' ');
        using var kinesis = new KinesisHttp(_server.Endpoint);
        try
        {
            using var answer = await kinesis.SendAsync("PutRecords", chunked ? new ChunkedContent(bytes) : new ByteArrayContent(bytes));
            ((int)answer.StatusCode).ShouldBe(413, await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            // The server need not take it all to refuse it, and a client that still sends may see only the closed connection.
        }
        await ShouldBeAliveAsync();
    }

    private async Task ShouldBeRefusedAsync(string operation, HttpContent content, HttpStatusCode status, string type)
    {
        using var kinesis = new KinesisHttp(_server.Endpoint);
        using var answer = await kinesis.SendAsync(operation, content);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("__type").GetString().ShouldBe(type, body);
        await ShouldBeAliveAsync();
    }

    private async Task ShouldBeAliveAsync()
    {
        using var kinesis = new KinesisHttp(_server.Endpoint);
        await kinesis.CallAsync("ListStreams", []);
        _server.Log.ShouldNotContain("   at ", Case.Sensitive);
    }

    /// <summary>Bytes whose length the request does not say.</summary>
    private sealed class ChunkedContent(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) => await stream.WriteAsync(bytes);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
