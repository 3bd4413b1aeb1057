using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis.Resources;

public class ResourceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static string StreamArn(string name) => $"arn:aws:kinesis:us-east-1:000000000000:stream/{name}";

    private static string Policy(string resource) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":["kinesis:GetRecords","kinesis:DescribeStream"],"Resource":"{{resource}}"}]}""";

    [Fact]
    public async Task A_stream_and_its_consumer_have_tags_of_their_own()
    {
        var consumer = await ConsumerAsync("tagged-both", "\"Tags\":{\"first\":\"0\"}");
        await server.KinesisAsync("TagResource", $$$"""{"ResourceARN":"{{{StreamArn("tagged-both")}}}","Tags":{"b":"2","a":"1"}}""");
        await server.KinesisAsync("TagResource", $$$"""{"ResourceARN":"{{{consumer}}}","Tags":{"c":"3"}}""");
        (await TagsAsync(StreamArn("tagged-both"))).ShouldBe(["a=1", "b=2"]);
        (await TagsAsync(consumer)).ShouldBe(["c=3", "first=0"]);
        (await server.KinesisAsync("ListTagsForStream", """{"StreamName":"tagged-both"}""")).GetProperty("Tags").GetArrayLength().ShouldBe(2);

        await server.KinesisAsync("UntagResource", $$"""{"ResourceARN":"{{StreamArn("tagged-both")}}","TagKeys":["a","none"]}""");
        await server.KinesisAsync("UntagResource", $$"""{"ResourceARN":"{{consumer}}","TagKeys":["first"]}""");
        (await TagsAsync(StreamArn("tagged-both"))).ShouldBe(["b=2"]);
        (await TagsAsync(consumer)).ShouldBe(["c=3"]);
    }

    [Fact]
    public async Task A_resource_has_fifty_tags_at_most()
    {
        var consumer = await ConsumerAsync("fifty");
        var many = JsonSerializer.Serialize(Enumerable.Range(0, 50).ToDictionary(n => $"k{n}", n => "v"));
        foreach (var (arn, name) in new[] { (StreamArn("fifty"), "stream fifty"), (consumer, "consumer c") })
        {
            await server.KinesisAsync("TagResource", $$"""{"ResourceARN":"{{arn}}","Tags":{{many}}}""");
            (await server.KinesisErrorAsync("TagResource", $$$"""{"ResourceARN":"{{{arn}}}","Tags":{"more":""}}""")).ShouldBe((
                "InvalidArgumentException",
                $"Failed to add tags to {name} under account 000000000000 because a given {name.Split(' ')[0]} cannot have more than 50 tags associated with it."));
            await server.KinesisAsync("TagResource", $$$"""{"ResourceARN":"{{{arn}}}","Tags":{"k1":"other"}}""");
            (await TagsAsync(arn)).Count.ShouldBe(50);
        }
    }

    [Theory]
    [InlineData("""{"a;b":"1"}""", "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.")]
    [InlineData("""{"a":"x\ty"}""", "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.")]
    [InlineData("""{"a%":"1"}""", "Failed to add tags to stream letters under account 000000000000 because some tags contained illegal characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.")]
    [InlineData("""{"aws:a":"1"}""", "Failed to add tags to stream letters under account 000000000000 because tag keys that begin with aws: are reserved.")]
    public async Task Tags_are_made_of_letters_and_a_few_signs(string tags, string message)
    {
        if ((await server.SendAsync("Kinesis_20131202.DescribeStreamSummary", """{"StreamName":"letters"}""")).Status != System.Net.HttpStatusCode.OK)
            await server.CreateStreamAsync("letters", 1);
        (await server.KinesisErrorAsync("TagResource", $$"""{"ResourceARN":"{{StreamArn("letters")}}","Tags":{{tags}}}""")).ShouldBe(("InvalidArgumentException", message));
        (await server.KinesisErrorAsync("AddTagsToStream", $$"""{"StreamName":"letters","Tags":{{tags}}}""")).ShouldBe(("InvalidArgumentException", message));
        (await server.KinesisErrorAsync("CreateStream", $$"""{"StreamName":"new-letters","ShardCount":1,"Tags":{{tags}} }""")).ShouldBe(("InvalidArgumentException", message.Replace("letters under", "new-letters under")));
        await server.KinesisAsync("TagResource", $$$"""{"ResourceARN":"{{{StreamArn("letters")}}}","Tags":{"Größe é_.:/=+-@ 7":""}}""");
    }

    [Fact]
    public async Task Policies_are_kept_replaced_and_removed()
    {
        var consumer = await ConsumerAsync("ruled");
        foreach (var arn in new[] { StreamArn("ruled"), consumer })
        {
            (await server.KinesisAsync("GetResourcePolicy", $$"""{"ResourceARN":"{{arn}}"}""")).TryGetProperty("Policy", out _).ShouldBeFalse();
            (await server.KinesisErrorAsync("DeleteResourcePolicy", $$"""{"ResourceARN":"{{arn}}"}""")).ShouldBe(("ResourceNotFoundException", $"No resource policy found for resource ARN {arn}."));
            await PutPolicyAsync(arn, Policy(arn).Replace("Allow", "Deny"));
            await PutPolicyAsync(arn, Policy(arn));
        }
        await server.RestartAsync();
        foreach (var arn in new[] { StreamArn("ruled"), consumer })
        {
            (await server.KinesisAsync("GetResourcePolicy", $$"""{"ResourceARN":"{{arn}}"}""")).GetProperty("Policy").GetString().ShouldBe(Policy(arn));
            await server.KinesisAsync("DeleteResourcePolicy", $$"""{"ResourceARN":"{{arn}}"}""");
            (await server.KinesisAsync("GetResourcePolicy", $$"""{"ResourceARN":"{{arn}}"}""")).TryGetProperty("Policy", out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"Version":"2012-10-17"}""")]
    [InlineData("""{"Version":"2020-01-01","Statement":[{"Effect":"Allow","Principal":"*","Action":"kinesis:*","Resource":"ARN"}]}""")]
    [InlineData("""{"Statement":[]}""")]
    [InlineData("""{"Statement":["x"]}""")]
    [InlineData("""{"Statement":[{"Effect":"Maybe","Principal":"*","Action":"kinesis:*","Resource":"ARN"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"kinesis:*","Resource":"ARN"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"ARN"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Resource":"ARN"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kinesis:*","Resource":"ARNx"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":[7],"Resource":"ARN"}]}""")]
    public async Task What_is_no_policy_is_refused(string policy)
    {
        if ((await server.SendAsync("Kinesis_20131202.DescribeStreamSummary", """{"StreamName":"unruly"}""")).Status != System.Net.HttpStatusCode.OK)
            await server.CreateStreamAsync("unruly", 1);
        var request = JsonSerializer.Serialize(new Dictionary<string, string> { ["ResourceARN"] = StreamArn("unruly"), ["Policy"] = policy.Replace("ARN", StreamArn("unruly")) });
        var (type, message) = await server.KinesisErrorAsync("PutResourcePolicy", request);
        type.ShouldBe("InvalidArgumentException");
        message.ShouldStartWith("The resource policy is invalid: ");
    }

    private async Task<string> ConsumerAsync(string stream, string more = "\"Tags\":null")
    {
        await server.CreateStreamAsync(stream, 1);
        var answer = await server.KinesisAsync("RegisterStreamConsumer", $$"""{"StreamARN":"{{StreamArn(stream)}}","ConsumerName":"c",{{more}}}""");
        var arn = answer.GetProperty("Consumer").GetProperty("ConsumerARN").GetString()!;
        await Poll.UntilAsync(async () => (await server.KinesisAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{arn}}"}""")).ToString().Contains("ACTIVE"));
        return arn;
    }

    private async Task<List<string>> TagsAsync(string arn) =>
        [.. (await server.KinesisAsync("ListTagsForResource", $$"""{"ResourceARN":"{{arn}}"}""")).GetProperty("Tags").EnumerateArray()
            .Select(tag => $"{tag.GetProperty("Key").GetString()}={tag.GetProperty("Value").GetString()}")];

    private Task PutPolicyAsync(string arn, string policy) =>
        server.KinesisAsync("PutResourcePolicy", JsonSerializer.Serialize(new Dictionary<string, string> { ["ResourceARN"] = arn, ["Policy"] = policy }));
}
