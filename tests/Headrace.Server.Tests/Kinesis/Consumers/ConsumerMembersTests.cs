using System.Text.Json.Nodes;

namespace Headrace.Server.Tests.Kinesis.Consumers;

/// <summary>Every member of the operations on consumers and resources: absent, of a wrong type, too short, too long, out of its pattern or enum.</summary>
public class ConsumerMembersTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string StreamArn = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
    private const string ConsumerArn = StreamArn + "/consumer/c:1";
    private const string NamePattern = "[a-zA-Z0-9_.-]+";
    private const string StreamArnPattern = @"arn:aws.*:kinesis:.*:\d{12}:stream/\S+";
    private const string ResourceArnPattern = @"arn:aws.*:kinesis:.*:\d{12}:.*stream/\S+";
    private const string ConsumerArnPattern = @"^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+";
    private const string IdPattern = "[a-z0-9]{20}-[a-z0-9]{3}";
    private const string NumberPattern = @"0|([1-9]\d{0,128})";

    private static readonly Dictionary<string, string> Valid = new()
    {
        ["RegisterStreamConsumer"] = $$"""{"StreamARN":"{{StreamArn}}","ConsumerName":"c"}""",
        ["DeregisterStreamConsumer"] = $$"""{"ConsumerARN":"{{ConsumerArn}}"}""",
        ["DescribeStreamConsumer"] = $$"""{"ConsumerARN":"{{ConsumerArn}}"}""",
        ["ListStreamConsumers"] = $$"""{"StreamARN":"{{StreamArn}}"}""",
        ["SubscribeToShard"] = $$$"""{"ConsumerARN":"{{{ConsumerArn}}}","ShardId":"shardId-000000000000","StartingPosition":{"Type":"LATEST"}}""",
        ["TagResource"] = $$$"""{"ResourceARN":"{{{StreamArn}}}","Tags":{"a":"b"}}""",
        ["UntagResource"] = $$"""{"ResourceARN":"{{StreamArn}}","TagKeys":["a"]}""",
        ["ListTagsForResource"] = $$"""{"ResourceARN":"{{StreamArn}}"}""",
        ["PutResourcePolicy"] = $$"""{"ResourceARN":"{{StreamArn}}","Policy":"{}"}""",
        ["GetResourcePolicy"] = $$"""{"ResourceARN":"{{StreamArn}}"}""",
        ["DeleteResourcePolicy"] = $$"""{"ResourceARN":"{{StreamArn}}"}""",
    };

    /// <summary>Operation, member (a dot leads into a structure), whether it is required, its greatest length or 0, its pattern or null.</summary>
    public static readonly TheoryData<string, string, bool, int, string?> Strings = Table();

    private static TheoryData<string, string, bool, int, string?> Table()
    {
        var table = new TheoryData<string, string, bool, int, string?>
        {
            { "RegisterStreamConsumer", "StreamARN", true, 2048, StreamArnPattern },
            { "RegisterStreamConsumer", "ConsumerName", true, 128, NamePattern },
            { "ListStreamConsumers", "StreamARN", true, 2048, StreamArnPattern },
            { "ListStreamConsumers", "NextToken", false, 0, null },
            { "SubscribeToShard", "ConsumerARN", true, 2048, ConsumerArnPattern },
            { "SubscribeToShard", "ShardId", true, 128, NamePattern },
            { "SubscribeToShard", "StartingPosition.SequenceNumber", false, 0, NumberPattern },
            { "PutResourcePolicy", "Policy", true, 0, null },
        };
        foreach (var operation in new[] { "DeregisterStreamConsumer", "DescribeStreamConsumer" })
        {
            table.Add(operation, "StreamARN", false, 2048, StreamArnPattern);
            table.Add(operation, "ConsumerName", false, 128, NamePattern);
            table.Add(operation, "ConsumerARN", false, 2048, ConsumerArnPattern);
        }
        foreach (var operation in new[] { "TagResource", "UntagResource", "ListTagsForResource", "PutResourcePolicy", "GetResourcePolicy", "DeleteResourcePolicy" })
            table.Add(operation, "ResourceARN", true, 2048, ResourceArnPattern);
        foreach (var operation in Valid.Keys)
            table.Add(operation, "StreamId", false, 24, IdPattern);
        return table;
    }

    [Theory]
    [MemberData(nameof(Strings))]
    public async Task A_string_is_held_to_its_model(string operation, string member, bool required, int max, string? pattern)
    {
        var path = string.Join('.', member.Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
        (await ErrorAsync(operation, member, 7)).ShouldBe(("SerializationException", "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String"));
        (await ErrorAsync(operation, member, new JsonObject())).Type.ShouldBe("SerializationException");
        if (required)
            (await ErrorAsync(operation, member, null)).ShouldBe(("ValidationException", $"1 validation error detected: Value null at '{path}' failed to satisfy constraint: Member must not be null"));
        if (member is not ("Policy" or "StartingPosition.SequenceNumber"))
            (await ErrorAsync(operation, member, "")).Message.ShouldContain($"Value '' at '{path}' failed to satisfy constraint: Member must have length greater than or equal to 1");
        if (max > 0)
            (await ErrorAsync(operation, member, new string('a', max + 1))).Message.ShouldContain($"at '{path}' failed to satisfy constraint: Member must have length less than or equal to {max}");
        if (pattern is not null)
            (await ErrorAsync(operation, member, "a b")).ShouldBe(("ValidationException", $"1 validation error detected: Value 'a b' at '{path}' failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern}"));
    }

    [Theory]
    [InlineData("ListStreamConsumers", "MaxResults", "0", "ValidationException", "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("ListStreamConsumers", "MaxResults", "10001", "ValidationException", "1 validation error detected: Value '10001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10000")]
    [InlineData("ListStreamConsumers", "MaxResults", "\"1\"", "SerializationException", "class java.lang.String can not be converted to an Integer")]
    [InlineData("ListStreamConsumers", "StreamCreationTimestamp", "\"now\"", "SerializationException", "class java.lang.String can not be converted to milliseconds since epoch")]
    [InlineData("SubscribeToShard", "StartingPosition", "null", "ValidationException", "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null")]
    [InlineData("SubscribeToShard", "StartingPosition", "{}", "ValidationException", "1 validation error detected: Value null at 'startingPosition.type' failed to satisfy constraint: Member must not be null")]
    [InlineData("SubscribeToShard", "StartingPosition", "\"LATEST\"", "SerializationException", "Expected null")]
    [InlineData("SubscribeToShard", "StartingPosition.Type", "\"EARLIEST\"", "ValidationException", "1 validation error detected: Value 'EARLIEST' at 'startingPosition.type' failed to satisfy constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]")]
    [InlineData("SubscribeToShard", "StartingPosition.Timestamp", "\"now\"", "SerializationException", "class java.lang.String can not be converted to milliseconds since epoch")]
    [InlineData("SubscribeToShard", "DryRun", "\"maybe\"", "SerializationException", "'MAYBE' can not be converted to an Boolean")]
    [InlineData("RegisterStreamConsumer", "Tags", "{}", "ValidationException", "1 validation error detected: Value '{}' at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("TagResource", "Tags", "null", "ValidationException", "1 validation error detected: Value null at 'tags' failed to satisfy constraint: Member must not be null")]
    [InlineData("TagResource", "Tags", "[]", "SerializationException", "Start of list found where not expected")]
    [InlineData("TagResource", "Tags", """{"a":1}""", "SerializationException", "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String")]
    [InlineData("UntagResource", "TagKeys", "null", "ValidationException", "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null")]
    [InlineData("UntagResource", "TagKeys", "[]", "ValidationException", "1 validation error detected: Value '[]' at 'tagKeys' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("UntagResource", "TagKeys", "[7]", "SerializationException", "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String")]
    public async Task Another_member_is_held_to_its_model(string operation, string member, string value, string type, string message) =>
        (await ErrorAsync(operation, member, JsonNode.Parse(value))).ShouldBe((type, message));

    [Fact]
    public async Task What_is_valid_meets_only_that_nothing_is_there()
    {
        foreach (var (operation, request) in Valid)
            (await server.KinesisErrorAsync(operation, request)).Type.ShouldBe("ResourceNotFoundException", operation);
    }

    /// <summary>Sends the operation's valid request with one member changed; a null is a member that is absent.</summary>
    private Task<(string Type, string Message)> ErrorAsync(string operation, string member, JsonNode? value)
    {
        var request = JsonNode.Parse(Valid[operation])!.AsObject();
        var holder = request;
        var parts = member.Split('.');
        foreach (var part in parts[..^1])
            holder = holder[part]!.AsObject();
        holder.Remove(parts[^1]);
        if (value is not null)
            holder[parts[^1]] = value;
        return server.KinesisErrorAsync(operation, request.ToJsonString());
    }
}
