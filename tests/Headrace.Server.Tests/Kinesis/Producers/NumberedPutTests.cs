using System.Net;
using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis.Producers;

public sealed class NumberedPutTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("PutRecords")]
    [InlineData("PutRecord")]
    public async Task A_number_is_taken_once_and_told(string operation)
    {
        var stream = $"numbered-{operation}";
        await server.CreateStreamAsync(stream, 2);
        var one = """{"Data":"YQ==","PartitionKey":"a"}""";
        var body = operation == "PutRecord" ? $$"""{"StreamName":"{{stream}}",{{one[1..]}}""" : $$"""{"StreamName":"{{stream}}","Records":[{{one}}]}""";
        var first = await PutAsync(operation, body, ("x-headrace-producer", "p/1"), ("x-headrace-numbers", "7"), ("x-headrace-position", "here"));
        first.Committed.ShouldBe("7");
        first.Dropped.ShouldBe("0");
        var again = await PutAsync(operation, body, ("x-headrace-producer", "p/1"), ("x-headrace-numbers", "7"));
        again.Dropped.ShouldBe("1");
        again.Body.ShouldBe(first.Body);
        await server.RestartAsync();
        (await PutAsync(operation, body, ("x-headrace-producer", "p/1"), ("x-headrace-numbers", "7"))).Body.ShouldBe(first.Body);
        (await PutAsync(operation, body, ("x-headrace-producer", "p/1"), ("x-headrace-numbers", "6"))).Status.ShouldBe(HttpStatusCode.OK);
        (await server.KinesisAsync("DescribeProducer", $$"""{"StreamName":"{{stream}}","ProducerName":"p/1"}""")).GetRawText()
            .ShouldBe("""{"ProducerName":"p/1","Number":7,"Position":"here"}""");
        (await server.KinesisAsync("DescribeProducer", $$"""{"StreamName":"{{stream}}","ProducerName":"p/2"}""")).GetRawText().ShouldBe("""{"ProducerName":"p/2"}""");
        var stored = 0;
        for (var shard = 0; shard < 2; shard++)
            stored += (await server.RecordsAsync(await server.IteratorAsync(stream, shard))).GetProperty("Records").GetArrayLength();
        stored.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "1", null, null)]
    [InlineData("a b", "1", null, null)]
    [InlineData("p", "", null, null)]
    [InlineData("p", "-1", null, null)]
    [InlineData("p", "9223372036854775807", null, null)]
    [InlineData("p", "9223372036854775808", null, null)]
    [InlineData("p", "1,2", null, null)]
    [InlineData("p", "1,2,1", null, null)]
    [InlineData("p", "1,2,3", "x", null)]
    [InlineData("p", "1,2,3", "0", null)]
    [InlineData("p", "1,2,3", null, 1025)]
    public async Task What_is_wrong_is_refused(string producer, string numbers, string? after, int? positionBytes)
    {
        await CreateOnceAsync("refused");
        var headers = new List<(string, string)> { ("x-headrace-producer", producer), ("x-headrace-numbers", numbers) };
        if (after is not null)
            headers.Add(("x-headrace-after", after));
        if (positionBytes is { } bytes)
            headers.Add(("x-headrace-position", new string('x', bytes)));
        const string one = """{"Data":"YQ==","PartitionKey":"a"}""";
        var answer = await PutAsync("PutRecords", $$"""{"StreamName":"refused","Records":[{{one}},{{one}},{{one}}]}""", [.. headers]);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        JsonDocument.Parse(answer.Body).RootElement.GetProperty("__type").GetString().ShouldBe("InvalidArgumentException");
    }

    private async Task CreateOnceAsync(string name)
    {
        var (status, _) = await server.SendAsync("Kinesis_20131202.DescribeStreamSummary", $$"""{"StreamName":"{{name}}"}""");
        if (status != HttpStatusCode.OK)
            await server.CreateStreamAsync(name, 1);
    }

    private async Task<(HttpStatusCode Status, string Body, string? Committed, string? Dropped)> PutAsync(
        string operation, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{operation}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await server.Http.SendAsync(request);
        string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), Header("x-headrace-committed"), Header("x-headrace-dropped"));
    }
}
