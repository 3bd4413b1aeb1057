namespace Headrace.Server.Tests.Firehose;

public class EncryptionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Encryption_starts_takes_another_key_and_stops()
    {
        await server.CreateDeliveryStreamAsync("sealed");
        (await StatusAsync("sealed")).ShouldBe("DISABLED");
        await server.FirehoseAsync("StartDeliveryStreamEncryption", """{"DeliveryStreamName":"sealed"}""");
        await Poll.UntilAsync(async () => await StatusAsync("sealed") == "ENABLED");
        (await server.FirehoseAsync("PutRecord", """{"DeliveryStreamName":"sealed","Record":{"Data":"QQ=="}}""")).GetProperty("Encrypted").GetBoolean().ShouldBeTrue();
        await server.FirehoseAsync("StartDeliveryStreamEncryption", """
            {"DeliveryStreamName":"sealed","DeliveryStreamEncryptionConfigurationInput":{"KeyType":"CUSTOMER_MANAGED_CMK","KeyARN":"arn:aws:kms:us-east-1:000000000000:key/k"}}
            """);
        var encryption = (await server.DescribeDeliveryStreamAsync("sealed")).GetProperty("DeliveryStreamEncryptionConfiguration");
        encryption.GetProperty("KeyType").GetString().ShouldBe("CUSTOMER_MANAGED_CMK");
        encryption.GetProperty("KeyARN").GetString().ShouldBe("arn:aws:kms:us-east-1:000000000000:key/k");
        await Poll.UntilAsync(async () => await StatusAsync("sealed") == "ENABLED");
        await server.FirehoseAsync("StopDeliveryStreamEncryption", """{"DeliveryStreamName":"sealed"}""");
        await Poll.UntilAsync(async () => await StatusAsync("sealed") == "DISABLED");
        (await server.DescribeDeliveryStreamAsync("sealed")).GetProperty("DeliveryStreamEncryptionConfiguration").TryGetProperty("KeyType", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"KeyType\":\"CUSTOMER_MANAGED_CMK\"", "KeyARN has to be specified when KeyType is CUSTOMER_MANAGED_CMK")]
    [InlineData("\"KeyType\":\"AWS_OWNED_CMK\",\"KeyARN\":\"arn:aws:kms:us-east-1:000000000000:key/k\"", "KeyARN cannot be specified when KeyType is AWS_OWNED_CMK")]
    [InlineData("\"KeyType\":\"CUSTOMER_MANAGED_CMK\",\"KeyARN\":\"arn:aws:kms:eu-west-1:000000000000:key/k\"", "Cross-region keys are not allowed for SSE. Please provide CMKs in the same region as firehose")]
    public async Task A_key_must_fit_its_type(string members, string message)
    {
        var create = ServerFixtureFirehose.CreateRequest("unfit").TrimEnd()[..^1] + ",\"DeliveryStreamEncryptionConfigurationInput\":{" + members + "}}";
        (await server.FirehoseErrorAsync("CreateDeliveryStream", create)).ShouldBe(("InvalidArgumentException", message));
    }

    [Fact]
    public async Task Only_direct_puts_are_encrypted()
    {
        await server.FirehoseAsync("CreateDeliveryStream", """
            {"DeliveryStreamName":"reads","DeliveryStreamType":"KinesisStreamAsSource","KinesisStreamSourceConfiguration":{
             "KinesisStreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/not-yet","RoleARN":"arn:aws:iam::000000000000:role/r"},
             "S3DestinationConfiguration":{"RoleARN":"arn:aws:iam::000000000000:role/r","BucketARN":"arn:aws:s3:::lake"}}
            """);
        await server.WaitForDeliveryStatusAsync("reads", "ACTIVE");
        (await server.DescribeDeliveryStreamAsync("reads")).TryGetProperty("DeliveryStreamEncryptionConfiguration", out _).ShouldBeFalse();
        (await server.FirehoseErrorAsync("StartDeliveryStreamEncryption", """{"DeliveryStreamName":"reads"}""")).ShouldBe((
            "InvalidArgumentException",
            "Server side encryption from firehose is only allowed for direct put delivery streams and database as a source delivery streams"));
    }

    [Theory]
    [InlineData("StartDeliveryStreamEncryption")]
    [InlineData("StopDeliveryStreamEncryption")]
    public async Task An_unknown_name_is_not_found(string operation) =>
        (await server.FirehoseErrorAsync(operation, """{"DeliveryStreamName":"none"}""")).ShouldBe(("ResourceNotFoundException", "Firehose none under account 000000000000 not found."));

    private async Task<string?> StatusAsync(string name) =>
        (await server.DescribeDeliveryStreamAsync(name)).GetProperty("DeliveryStreamEncryptionConfiguration").GetProperty("Status").GetString();
}
