using System.Text.Json;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>The AWS CLI's kinesis, firehose and sts commands.</summary>
public sealed class AwsCliKinesisTests(AwsCliFixture aws) : IClassFixture<AwsCliFixture>
{
    [Fact]
    public async Task A_stream_lives_through_all_that_the_cli_does_with_it()
    {
        await aws.AwsAsync("kinesis", "create-stream", "--stream-name", "orders", "--shard-count", "2");
        await aws.AwsAsync("kinesis", "wait", "stream-exists", "--stream-name", "orders");
        var summary = (await aws.JsonAsync("kinesis", "describe-stream-summary", "--stream-name", "orders")).GetProperty("StreamDescriptionSummary");
        summary.GetProperty("OpenShardCount").GetInt32().ShouldBe(2);
        summary.GetProperty("StreamARN").GetString().ShouldBe("arn:aws:kinesis:us-east-1:000000000000:stream/orders");
        (await aws.AwsAsync("kinesis", "list-streams", "--query", "StreamNames[0]", "--output", "text")).Trim().ShouldBe("orders");

        var shards = (await aws.JsonAsync("kinesis", "list-shards", "--stream-name", "orders")).GetProperty("Shards");
        shards.EnumerateArray().Select(shard => shard.GetProperty("ShardId").GetString()).ShouldBe(["shardId-000000000000", "shardId-000000000001"]);
        shards[1].GetProperty("HashKeyRange").GetProperty("EndingHashKey").GetString().ShouldBe("340282366920938463463374607431768211455");

        await aws.AwsAsync("kinesis", "add-tags-to-stream", "--stream-name", "orders", "--tags", "team=data,stage=lab");
        (await aws.JsonAsync("kinesis", "list-tags-for-stream", "--stream-name", "orders")).GetProperty("Tags").GetArrayLength().ShouldBe(2);
        await aws.AwsAsync("kinesis", "increase-stream-retention-period", "--stream-name", "orders", "--retention-period-hours", "48");
        (await aws.AwsAsync("kinesis", "describe-stream", "--stream-name", "orders", "--query", "StreamDescription.RetentionPeriodHours", "--output", "text")).Trim().ShouldBe("48");

        var put = await aws.JsonAsync("kinesis", "put-record", "--stream-name", "orders", "--partition-key", "k", "--data", "aGVsbG8=");
        await aws.AwsAsync("kinesis", "put-records", "--stream-name", "orders", "--records", """[{"Data":"d29ybGQ=","PartitionKey":"k"}]""");
        var shard = put.GetProperty("ShardId").GetString()!;
        var iterator = (await aws.AwsAsync("kinesis", "get-shard-iterator", "--stream-name", "orders", "--shard-id", shard, "--shard-iterator-type", "TRIM_HORIZON", "--query", "ShardIterator", "--output", "text")).Trim();
        var records = (await aws.JsonAsync("kinesis", "get-records", "--shard-iterator", iterator)).GetProperty("Records");
        records.EnumerateArray().Select(record => record.GetProperty("Data").GetString()).ShouldBe(["aGVsbG8=", "d29ybGQ="]);
        records[0].GetProperty("SequenceNumber").GetString().ShouldBe(put.GetProperty("SequenceNumber").GetString());

        await aws.AwsAsync("kinesis", "delete-stream", "--stream-name", "orders");
        await aws.AwsAsync("kinesis", "wait", "stream-not-exists", "--stream-name", "orders");
        var gone = await aws.TryAwsAsync("kinesis", "describe-stream-summary", "--stream-name", "orders");
        gone.ShouldHaveExited(254).Error.ShouldContain("An error occurred (ResourceNotFoundException) when calling the DescribeStreamSummary operation: Stream orders under account 000000000000 not found.");
    }

    [Fact]
    public async Task A_delivery_stream_takes_records_and_goes()
    {
        await aws.AwsAsync("s3", "mb", "s3://lake-of-the-cli");
        var destination = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["RoleARN"] = "arn:aws:iam::000000000000:role/firehose",
            ["BucketARN"] = "arn:aws:s3:::lake-of-the-cli",
            ["Prefix"] = "in/",
            ["BufferingHints"] = new Dictionary<string, int> { ["SizeInMBs"] = 1, ["IntervalInSeconds"] = 60 },
            ["CompressionFormat"] = "GZIP",
        });
        var created = await aws.JsonAsync("firehose", "create-delivery-stream", "--delivery-stream-name", "direct", "--delivery-stream-type", "DirectPut", "--extended-s3-destination-configuration", destination);
        created.GetProperty("DeliveryStreamARN").GetString().ShouldBe("arn:aws:firehose:us-east-1:000000000000:deliverystream/direct");
        string status;
        do
        {
            status = (await aws.AwsAsync("firehose", "describe-delivery-stream", "--delivery-stream-name", "direct", "--query", "DeliveryStreamDescription.DeliveryStreamStatus", "--output", "text")).Trim();
        }
        while (status == "CREATING");
        status.ShouldBe("ACTIVE");
        (await aws.JsonAsync("firehose", "put-record", "--delivery-stream-name", "direct", "--record", """{"Data":"aGVsbG8K"}""")).GetProperty("RecordId").GetString().ShouldNotBeNullOrEmpty();
        (await aws.JsonAsync("firehose", "put-record-batch", "--delivery-stream-name", "direct", "--records", """[{"Data":"d29ybGQK"}]""")).GetProperty("FailedPutCount").GetInt32().ShouldBe(0);
        (await aws.AwsAsync("firehose", "list-delivery-streams", "--query", "DeliveryStreamNames[0]", "--output", "text")).Trim().ShouldBe("direct");
        await aws.AwsAsync("firehose", "delete-delivery-stream", "--delivery-stream-name", "direct");
    }

    [Fact]
    public async Task The_account_is_told()
    {
        (await aws.AwsAsync("sts", "get-caller-identity", "--query", "Account", "--output", "text")).Trim().ShouldBe("000000000000");
        (await aws.JsonAsync("sts", "get-caller-identity")).GetProperty("Arn").GetString().ShouldBe("arn:aws:iam::000000000000:root");
        // An access key id of twelve digits is an account's number.
        (await aws.AwsAsAsync("123456789012", "sts", "get-caller-identity", "--query", "Account", "--output", "text")).Trim().ShouldBe("123456789012");
    }
}
