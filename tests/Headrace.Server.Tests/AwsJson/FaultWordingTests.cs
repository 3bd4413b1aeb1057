namespace Headrace.Server.Tests.AwsJson;

/// <summary>AWS's words for what is wrong with a request's members, as recorded from the service.</summary>
public sealed class FaultWordingTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("DescribeStream", """{"StreamName":true}""", "class java.lang.Boolean can not be converted to an String")]
    [InlineData("DescribeStream", """{"StreamName":[]}""", "Start of list found where not expected")]
    [InlineData("DescribeStream", """{"StreamName":{}}""", "Start of structure or map found where not expected.")]
    [InlineData("DescribeStream", """{"StreamName":"s","Limit":false}""", "class java.lang.Boolean can not be converted to an Integer")]
    [InlineData("ListShards", """{"StreamName":"s","StreamCreationTimestamp":true}""", "class java.lang.Boolean can not be converted to milliseconds since epoch")]
    [InlineData("ListShards", """{"StreamName":"s","ShardFilter":[]}""", "Start of list found where not expected")]
    [InlineData("ListShards", """{"StreamName":"s","ShardFilter":"x"}""", "Expected null")]
    [InlineData("AddTagsToStream", """{"StreamName":"s","Tags":"x"}""", "Expected map or null")]
    [InlineData("AddTagsToStream", """{"StreamName":"s","Tags":{"a":7}}""", "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String")]
    [InlineData("RemoveTagsFromStream", """{"StreamName":"s","TagKeys":"x"}""", "Expected list or null")]
    [InlineData("RemoveTagsFromStream", """{"StreamName":"s","TagKeys":{}}""", "Start of structure or map found where not expected.")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[7]}""", "Expected null")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"k","Data":7}""", "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to a Blob")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"k","Data":"hello"}""", "'hello' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 5")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"k","Data":"a!=="}""", "'a!==' can not be converted to a Blob: Invalid Base64 character: '!'")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"k","Data":"a=bc"}""", "'a=bc' can not be converted to a Blob: Invalid Base64 character: '='")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"k","Data":"QQ \n"}""", "'QQ \n' can not be converted to a Blob: Invalid Base64 character: ' '")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"k","Data":"QR=="}""", "'QR==' can not be converted to a Blob: Invalid last non-pad Base64 character dectected")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"k","Data":"","DryRun":"maybe"}""", "'MAYBE' can not be converted to an Boolean")]
    public async Task Wrong_types(string operation, string json, string message)
    {
        var (_, body) = await server.SendAsync($"Kinesis_20131202.{operation}", json);
        body.GetProperty("__type").GetString().ShouldBe("SerializationException");
        // The one error whose message has a capital letter.
        body.GetProperty("Message").GetString().ShouldBe(message);
    }

    [Theory]
    [InlineData("""{"StreamName":"","Limit":1}""", "2 validation errors detected: Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("""{"StreamName":"s","Limit":100000000000000000000}""", "1 validation error detected: Value '2147483647' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000")]
    public async Task Broken_constraints(string json, string message) =>
        (await server.KinesisErrorAsync("DescribeStream", json)).ShouldBe(("ValidationException", message));

    [Theory]
    [InlineData("AddTagsToStream", "\"Tags\":{\"\":\"a\",\"b\":\"c\"}", "Value '{=a, b=c}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]")]
    [InlineData("RemoveTagsFromStream", "\"TagKeys\":[\"a\",\"\"]", "Value '[a, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]")]
    [InlineData("EnableEnhancedMonitoring", "\"ShardLevelMetrics\":[\"ALL\",\"X\"]", "Value '[ALL, X]' at 'shardLevelMetrics' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [IncomingBytes, IncomingRecords, OutgoingBytes, OutgoingRecords, WriteProvisionedThroughputExceeded, ReadProvisionedThroughputExceeded, IteratorAgeMilliseconds, ALL]]")]
    public async Task Broken_constraints_of_a_list_or_map_are_told_once(string operation, string member, string fault) =>
        (await server.KinesisErrorAsync(operation, $$"""{"StreamName":"s",{{member}}}""")).ShouldBe(("ValidationException", $"1 validation error detected: {fault}"));

    [Fact]
    public async Task A_map_value_too_long()
    {
        var value = new string('v', 257);
        (await server.KinesisErrorAsync("AddTagsToStream", $$$"""{"StreamName":"s","Tags":{"k":"{{{value}}}"}}""")).Message
            .ShouldBe($"1 validation error detected: Value '{{k={value}}}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 0]");
    }

    [Fact]
    public async Task No_more_than_ten_faults_are_told()
    {
        var records = string.Join(',', Enumerable.Repeat("{}", 20));
        var (type, message) = await server.KinesisErrorAsync("PutRecords", $$"""{"StreamName":"s","Records":[{{records}}]}""");
        type.ShouldBe("ValidationException");
        message.ShouldStartWith("10 validation errors detected: Value null at 'records.1.member.partitionKey' failed to satisfy constraint: Member must not be null; ");
    }

    [Theory]
    [InlineData("GetShardIterator", "\"ShardId\":\"hello\",\"ShardIteratorType\":\"LATEST\"", "Could not find shard hello in stream nobody under account 000000000000.")]
    [InlineData("GetShardIterator", "\"ShardId\":\"1\",\"ShardIteratorType\":\"LATEST\"", "Shard shardId-000000000001 in stream nobody under account 000000000000 does not exist")]
    [InlineData("SplitShard", "\"ShardToSplit\":\"hello\",\"NewStartingHashKey\":\"7\"", "Could not find shard hello in stream nobody under account 000000000000.")]
    [InlineData("SplitShard", "\"ShardToSplit\":\"shardId-1\",\"NewStartingHashKey\":\"7\"", "Stream nobody under account 000000000000 not found.")]
    [InlineData("MergeShards", "\"ShardToMerge\":\"shardId-0\",\"AdjacentShardToMerge\":\"hello\"", "Could not find shard hello in stream nobody under account 000000000000.")]
    public async Task A_shard_of_a_stream_that_is_not_there(string operation, string members, string message) =>
        (await server.KinesisErrorAsync(operation, $$"""{"StreamName":"nobody",{{members}}}""")).ShouldBe(("ResourceNotFoundException", message));

    [Fact]
    public async Task Positions_that_do_not_fit_their_type_or_stream()
    {
        await server.CreateStreamAsync("positions", 2);
        var put = await server.KinesisAsync("PutRecord", """{"StreamName":"positions","Data":"","PartitionKey":"k","ExplicitHashKey":"0"}""");
        var number = put.GetProperty("SequenceNumber").GetString()!;
        const string either = "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ";
        (await IteratorErrorAsync(0, $"\"ShardIteratorType\":\"LATEST\",\"StartingSequenceNumber\":\"{number}\"")).ShouldBe($"{either}LATEST and also a StartingSequenceNumber.");
        (await IteratorErrorAsync(0, "\"ShardIteratorType\":\"AT_SEQUENCE_NUMBER\"")).ShouldBe($"{either}AT_SEQUENCE_NUMBER and no StartingSequenceNumber.");
        (await IteratorErrorAsync(0, "\"ShardIteratorType\":\"AT_TIMESTAMP\"")).ShouldBe("Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.");
        (await IteratorErrorAsync(1, $"\"ShardIteratorType\":\"AT_SEQUENCE_NUMBER\",\"StartingSequenceNumber\":\"{number}\""))
            .ShouldBe("Invalid StartingSequenceNumber. It encodes shardId-000000000000, while it was used in a call to a shard with shardId-000000000001");

        await server.KinesisAsync("PutRecord", $$"""{"StreamName":"positions","Data":"","PartitionKey":"k","SequenceNumberForOrdering":"{{number}}"}""");
        var never = new string('9', 56);
        (await server.KinesisErrorAsync("PutRecord", $$"""{"StreamName":"positions","Data":"","PartitionKey":"k","SequenceNumberForOrdering":"{{never}}"}"""))
            .ShouldBe(("InvalidArgumentException", $"ExclusiveMinimumSequenceNumber {never} used in PutRecord on stream positions under account 000000000000 is invalid."));
    }

    [Fact]
    public async Task A_split_that_leaves_nothing_on_one_side()
    {
        await server.CreateStreamAsync("unsplit", 1);
        foreach (var hashKey in new[] { "0", "1", "340282366920938463463374607431768211455", "999999999999999999999999999999999999999" })
        {
            (await server.KinesisErrorAsync("SplitShard", $$"""{"StreamName":"unsplit","ShardToSplit":"shardId-0","NewStartingHashKey":"{{hashKey}}"}"""))
                .ShouldBe((
                    "InvalidArgumentException",
                    $"NewStartingHashKey {hashKey} used in SplitShard() on shard shardId-000000000000 in stream unsplit under account 000000000000 is not both greater than one plus the shard's StartingHashKey 0 " +
                    "and less than the shard's EndingHashKey 340282366920938463463374607431768211455."));
        }
    }

    private async Task<string> IteratorErrorAsync(int shard, string members)
    {
        var (type, message) = await server.KinesisErrorAsync("GetShardIterator", $$"""{"StreamName":"positions","ShardId":"shardId-{{shard}}",{{members}}}""");
        type.ShouldBe("InvalidArgumentException");
        return message;
    }
}
