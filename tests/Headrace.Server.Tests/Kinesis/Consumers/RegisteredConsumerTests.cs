using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis.Consumers;

public class RegisteredConsumerTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static string Arn(string stream) => $"arn:aws:kinesis:us-east-1:000000000000:stream/{stream}";

    private async Task<JsonElement> RegisterAsync(string stream, string name) =>
        (await server.KinesisAsync("RegisterStreamConsumer", $$"""{"StreamARN":"{{Arn(stream)}}","ConsumerName":"{{name}}"}""")).GetProperty("Consumer");

    private async Task<JsonElement> DescribeAsync(string members) =>
        (await server.KinesisAsync("DescribeStreamConsumer", members)).GetProperty("ConsumerDescription");

    private async Task<int> CountAsync(string stream) =>
        (await server.KinesisAsync("DescribeStreamSummary", $$"""{"StreamName":"{{stream}}"}""")).GetProperty("StreamDescriptionSummary").GetProperty("ConsumerCount").GetInt32();

    [Fact]
    public async Task A_consumer_is_registered_described_and_deregistered()
    {
        await server.CreateStreamAsync("fan", 1);
        var consumer = await RegisterAsync("fan", "one");
        consumer.GetProperty("ConsumerName").GetString().ShouldBe("one");
        consumer.GetProperty("ConsumerStatus").GetString().ShouldBe("CREATING");
        var second = (long)consumer.GetProperty("ConsumerCreationTimestamp").GetDouble();
        var arn = consumer.GetProperty("ConsumerARN").GetString();
        arn.ShouldBe($"{Arn("fan")}/consumer/one:{second}");

        var byName = $$"""{"StreamARN":"{{Arn("fan")}}","ConsumerName":"one"}""";
        await Poll.UntilAsync(async () => (await DescribeAsync(byName)).GetProperty("ConsumerStatus").GetString() == "ACTIVE");
        var described = await DescribeAsync($$"""{"ConsumerARN":"{{arn}}"}""");
        described.GetProperty("StreamARN").GetString().ShouldBe(Arn("fan"));
        described.GetProperty("ConsumerARN").GetString().ShouldBe(arn);
        (await CountAsync("fan")).ShouldBe(1);

        (await server.KinesisErrorAsync("RegisterStreamConsumer", byName)).ShouldBe(("ResourceInUseException", "Consumer one under stream fan already exists for account 000000000000."));
        await server.KinesisAsync("DeregisterStreamConsumer", $$"""{"ConsumerARN":"{{arn}}"}""");
        await Poll.UntilAsync(async () => await CountAsync("fan") == 0);
        (await server.KinesisErrorAsync("DescribeStreamConsumer", byName)).ShouldBe(("ResourceNotFoundException", "Consumer one, account 000000000000 not found."));
        (await server.KinesisErrorAsync("DeregisterStreamConsumer", byName)).Type.ShouldBe("ResourceNotFoundException");
    }

    [Fact]
    public async Task A_stream_takes_twenty_consumers_which_are_listed_in_pages()
    {
        await server.CreateStreamAsync("twenty", 1);
        for (var i = 0; i < 20; i++)
            await RegisterAsync("twenty", $"c{i:D2}");
        (await server.KinesisErrorAsync("RegisterStreamConsumer", $$"""{"StreamARN":"{{Arn("twenty")}}","ConsumerName":"more"}""")).Type.ShouldBe("LimitExceededException");

        var seen = new List<string>();
        var more = "";
        do
        {
            var page = await server.KinesisAsync("ListStreamConsumers", $$"""{"StreamARN":"{{Arn("twenty")}}","MaxResults":7{{more}}}""");
            var names = page.GetProperty("Consumers").EnumerateArray().Select(consumer => consumer.GetProperty("ConsumerName").GetString()!).ToList();
            names.Count.ShouldBeInRange(1, 7);
            seen.AddRange(names);
            more = page.TryGetProperty("NextToken", out var token) ? $",\"NextToken\":\"{token.GetString()}\"" : "";
        }
        while (more.Length > 0);
        seen.ShouldBe(Enumerable.Range(0, 20).Select(i => $"c{i:D2}"));
    }

    [Fact]
    public async Task A_token_is_good_for_its_stream_only_and_not_beside_a_timestamp()
    {
        await server.CreateStreamAsync("tokens-a", 1);
        await server.CreateStreamAsync("tokens-b", 1);
        await RegisterAsync("tokens-a", "c1");
        await RegisterAsync("tokens-a", "c2");
        var token = (await server.KinesisAsync("ListStreamConsumers", $$"""{"StreamARN":"{{Arn("tokens-a")}}","MaxResults":1}""")).GetProperty("NextToken").GetString();
        (await server.KinesisErrorAsync("ListStreamConsumers", $$"""{"StreamARN":"{{Arn("tokens-b")}}","NextToken":"{{token}}"}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync("ListStreamConsumers", $$"""{"StreamARN":"{{Arn("tokens-a")}}","NextToken":"{{token}}","StreamCreationTimestamp":1}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync("ListStreamConsumers", $$"""{"StreamARN":"{{Arn("tokens-a")}}","StreamCreationTimestamp":1}""")).Type.ShouldBe("ResourceNotFoundException");
    }

    [Fact]
    public async Task A_stream_with_consumers_is_deleted_only_on_demand()
    {
        await server.CreateStreamAsync("held", 1);
        await RegisterAsync("held", "holder");
        (await server.KinesisErrorAsync("DeleteStream", """{"StreamName":"held"}""")).ShouldBe((
            "ResourceInUseException",
            "DeleteStream can’t delete 000000000000:held because there are consumers associated with this data stream. To delete held anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it."));
        await server.KinesisAsync("DeleteStream", """{"StreamName":"held","EnforceConsumerDeletion":true}""");
        await Poll.UntilAsync(async () => (await server.SendAsync("Kinesis_20131202.DescribeStreamSummary", """{"StreamName":"held"}""")).Status == System.Net.HttpStatusCode.BadRequest);
        await server.CreateStreamAsync("held", 1);
        (await CountAsync("held")).ShouldBe(0);
    }

    [Fact]
    public async Task Consumers_survive_a_restart()
    {
        await server.CreateStreamAsync("lasting", 1);
        var arn = (await RegisterAsync("lasting", "stays")).GetProperty("ConsumerARN").GetString();
        await server.RestartAsync();
        (await DescribeAsync($$"""{"ConsumerARN":"{{arn}}"}""")).GetProperty("ConsumerStatus").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task A_consumer_of_another_time_or_stream_is_not_found()
    {
        await server.CreateStreamAsync("times", 1);
        var arn = (await RegisterAsync("times", "c")).GetProperty("ConsumerARN").GetString()!;
        (await server.KinesisErrorAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{Arn("times")}}/consumer/c:1"}""")).Type.ShouldBe("ResourceNotFoundException");
        (await server.KinesisErrorAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{arn}}","ConsumerName":"d"}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync("DescribeStreamConsumer", """{"ConsumerName":"c"}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync("RegisterStreamConsumer", $$"""{"StreamARN":"{{Arn("nowhere")}}","ConsumerName":"c"}""")).ShouldBe(("ResourceNotFoundException", "Stream nowhere under account 000000000000 not found."));
    }
}
