using System.Text.Json;

namespace Headrace.Server.Tests.Firehose;

public class DeliveryStreamTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_delivery_stream_is_described_as_the_lab_created_it()
    {
        await server.CreateStreamAsync("lab-data", 1);
        var created = await server.FirehoseAsync("CreateDeliveryStream", """
            {
                "DeliveryStreamName": "lab",
                "DeliveryStreamType": "KinesisStreamAsSource",
                "KinesisStreamSourceConfiguration": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/lab-data",
                    "RoleARN": "arn:aws:iam::000000000000:role/lab"
                },
                "ExtendedS3DestinationConfiguration": {
                    "RoleARN": "arn:aws:iam::000000000000:role/lab",
                    "BucketARN": "arn:aws:s3:::lab-bucket",
                    "Prefix": "firehose/",
                    "ErrorOutputPrefix": "errors/",
                    "BufferingHints": { "SizeInMBs": 1, "IntervalInSeconds": 60 },
                    "CompressionFormat": "GZIP",
                    "CloudWatchLoggingOptions": { "Enabled": true, "LogGroupName": "g", "LogStreamName": "s" },
                    "ProcessingConfiguration": { "Enabled": false },
                    "S3BackupMode": "Disabled"
                },
                "Tags": [{ "Key": "team", "Value": "water" }]
            }
            """);
        created.GetProperty("DeliveryStreamARN").GetString().ShouldBe("arn:aws:firehose:us-east-1:000000000000:deliverystream/lab");
        await server.WaitForDeliveryStatusAsync("lab", "ACTIVE");

        var described = await server.DescribeDeliveryStreamAsync("lab");
        described.GetProperty("DeliveryStreamType").GetString().ShouldBe("KinesisStreamAsSource");
        described.GetProperty("VersionId").GetString().ShouldBe("1");
        described.GetProperty("CreateTimestamp").GetDouble().ShouldBeGreaterThan(1.7e9);
        described.GetProperty("HasMoreDestinations").GetBoolean().ShouldBeFalse();
        described.GetProperty("Source").GetProperty("KinesisStreamSourceDescription").GetProperty("KinesisStreamARN").GetString()
            .ShouldBe("arn:aws:kinesis:us-east-1:000000000000:stream/lab-data");
        var destination = described.GetProperty("Destinations")[0];
        destination.GetProperty("DestinationId").GetString().ShouldBe("destinationId-000000000001");
        foreach (var form in new[] { "S3DestinationDescription", "ExtendedS3DestinationDescription" })
        {
            var s3 = destination.GetProperty(form);
            s3.GetProperty("BucketARN").GetString().ShouldBe("arn:aws:s3:::lab-bucket");
            s3.GetProperty("Prefix").GetString().ShouldBe("firehose/");
            s3.GetProperty("ErrorOutputPrefix").GetString().ShouldBe("errors/");
            s3.GetProperty("BufferingHints").GetProperty("SizeInMBs").GetInt32().ShouldBe(1);
            s3.GetProperty("BufferingHints").GetProperty("IntervalInSeconds").GetInt32().ShouldBe(60);
            s3.GetProperty("CompressionFormat").GetString().ShouldBe("GZIP");
            s3.GetProperty("CloudWatchLoggingOptions").GetProperty("LogGroupName").GetString().ShouldBe("g");
        }
        var tags = await server.FirehoseAsync("ListTagsForDeliveryStream", """{"DeliveryStreamName":"lab"}""");
        tags.GetProperty("Tags")[0].GetProperty("Value").GetString().ShouldBe("water");
    }

    [Fact]
    public async Task Defaults_are_those_of_the_service()
    {
        await server.CreateDeliveryStreamAsync("plain");
        var described = await server.DescribeDeliveryStreamAsync("plain");
        described.GetProperty("DeliveryStreamType").GetString().ShouldBe("DirectPut");
        described.TryGetProperty("Source", out _).ShouldBeFalse();
        var s3 = described.GetProperty("Destinations")[0].GetProperty("ExtendedS3DestinationDescription");
        s3.GetProperty("BufferingHints").GetProperty("SizeInMBs").GetInt32().ShouldBe(5);
        s3.GetProperty("BufferingHints").GetProperty("IntervalInSeconds").GetInt32().ShouldBe(300);
        s3.GetProperty("CompressionFormat").GetString().ShouldBe("UNCOMPRESSED");
        s3.GetProperty("EncryptionConfiguration").GetProperty("NoEncryptionConfig").GetString().ShouldBe("NoEncryption");
        s3.GetProperty("S3BackupMode").GetString().ShouldBe("Disabled");
    }

    [Fact]
    public async Task Names_are_listed_in_pages_and_by_type()
    {
        await using var own = new ServerFixture();
        await own.InitializeAsync();
        foreach (var name in new[] { "c", "a", "b" })
            await own.CreateDeliveryStreamAsync(name);
        var first = await own.FirehoseAsync("ListDeliveryStreams", """{"Limit":2}""");
        Names(first).ShouldBe(["a", "b"]);
        first.GetProperty("HasMoreDeliveryStreams").GetBoolean().ShouldBeTrue();
        var second = await own.FirehoseAsync("ListDeliveryStreams", """{"ExclusiveStartDeliveryStreamName":"b"}""");
        Names(second).ShouldBe(["c"]);
        second.GetProperty("HasMoreDeliveryStreams").GetBoolean().ShouldBeFalse();
        Names(await own.FirehoseAsync("ListDeliveryStreams", """{"DeliveryStreamType":"KinesisStreamAsSource"}""")).ShouldBeEmpty();
        Names(await own.FirehoseAsync("ListDeliveryStreams", """{"DeliveryStreamType":"MSKAsSource"}""")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_delivery_stream_is_gone()
    {
        await server.CreateDeliveryStreamAsync("short");
        await server.FirehoseAsync("DeleteDeliveryStream", """{"DeliveryStreamName":"short"}""");
        await Poll.UntilAsync(async () => (int)(await server.SendAsync("Firehose_20150804.DescribeDeliveryStream", """{"DeliveryStreamName":"short"}""")).Status == 400);
        (await server.FirehoseErrorAsync("DeleteDeliveryStream", """{"DeliveryStreamName":"short"}"""))
            .ShouldBe(("ResourceNotFoundException", "Firehose short under account 000000000000 not found."));
    }

    [Theory]
    [InlineData("DescribeDeliveryStream", """{"DeliveryStreamName":"none"}""")]
    [InlineData("DeleteDeliveryStream", """{"DeliveryStreamName":"none"}""")]
    [InlineData("PutRecord", """{"DeliveryStreamName":"none","Record":{"Data":"QQ=="}}""")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"none","Records":[{"Data":"QQ=="}]}""")]
    [InlineData("ListTagsForDeliveryStream", """{"DeliveryStreamName":"none"}""")]
    [InlineData("TagDeliveryStream", """{"DeliveryStreamName":"none","Tags":[{"Key":"k"}]}""")]
    [InlineData("UntagDeliveryStream", """{"DeliveryStreamName":"none","TagKeys":["k"]}""")]
    public async Task An_unknown_name_is_not_found(string operation, string request) =>
        (await server.FirehoseErrorAsync(operation, request)).ShouldBe(("ResourceNotFoundException", "Firehose none under account 000000000000 not found."));

    [Fact]
    public async Task A_taken_name_is_in_use()
    {
        await server.CreateDeliveryStreamAsync("taken");
        (await server.FirehoseErrorAsync("CreateDeliveryStream", ServerFixtureFirehose.CreateRequest("taken")))
            .ShouldBe(("ResourceInUseException", "Firehose taken under accountId 000000000000 already exists"));
    }

    [Theory]
    [InlineData("\"BufferingHints\":{\"SizeInMBs\":5}", "BufferingHints")]
    [InlineData("\"CustomTimeZone\":\"Mars/Olympus\"", "custom time zone")]
    [InlineData("\"EncryptionConfiguration\":{}", "Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified")]
    [InlineData("\"S3BackupMode\":\"Enabled\"", "S3 backup destination configuration is required when enabling S3 backup.")]
    [InlineData("\"ProcessingConfiguration\":{\"Enabled\":true,\"Processors\":[{\"Type\":\"Lambda\",\"Parameters\":[{\"ParameterName\":\"LambdaArn\",\"ParameterValue\":\"arn:aws:lambda:us-east-1:000000000000:function:f\"}]}]}", "Lambda processor is not supported")]
    [InlineData("\"BufferingHints\":{\"SizeInMBs\":64,\"IntervalInSeconds\":60},\"DataFormatConversionConfiguration\":{\"InputFormatConfiguration\":{\"Deserializer\":{\"OpenXJsonSerDe\":{}}},\"OutputFormatConfiguration\":{\"Serializer\":{\"OrcSerDe\":{}}},\"SchemaConfiguration\":{\"RoleARN\":\"r\",\"DatabaseName\":\"d\",\"TableName\":\"t\"}}", "OrcSerDe is not supported")]
    public async Task What_is_not_supported_is_refused_by_name(string members, string named)
    {
        var (type, message) = await server.FirehoseErrorAsync("CreateDeliveryStream", ServerFixtureFirehose.CreateRequest("refused", members));
        type.ShouldBe("InvalidArgumentException");
        message.ShouldContain(named);
    }

    [Theory]
    [InlineData("""{"DeliveryStreamName":"x"}""", "Exactly one destination configuration is supported for a Firehose")]
    [InlineData("""{"DeliveryStreamName":"x","SplunkDestinationConfiguration":{"HECEndpoint":"https://splunk:8088","HECEndpointType":"Raw","S3Configuration":{"RoleARN":"arn:aws:iam::000000000000:role/r","BucketARN":"arn:aws:s3:::b"}}}""", "SplunkDestinationConfiguration is not supported.")]
    [InlineData("""{"DeliveryStreamName":"x","DeliveryStreamType":"MSKAsSource"}""", "MSKSourceConfig is mandatory for MSK as Source stream type.")]
    [InlineData("""{"DeliveryStreamName":"x","DeliveryStreamType":"DatabaseAsSource"}""", "IcebergDestinationConfiguration must be specified for Database as Source.")]
    public async Task A_destination_must_be_one_of_s3(string request, string message) =>
        (await server.FirehoseErrorAsync("CreateDeliveryStream", request)).ShouldBe(("InvalidArgumentException", message));

    [Fact]
    public async Task Broken_constraints_are_listed_as_the_service_lists_them()
    {
        var (type, message) = await server.FirehoseErrorAsync(
            "CreateDeliveryStream",
            ServerFixtureFirehose.CreateRequest("bad name", "\"BufferingHints\":{\"SizeInMBs\":129,\"IntervalInSeconds\":1}"));
        type.ShouldBe("ValidationException");
        message.ShouldBe(
            "2 validation errors detected: Value at 'extendedS3DestinationConfiguration.bufferingHints.sizeInMBs' failed to satisfy constraint: Member must have value less than or equal to 128; "
            + "Value 'bad name' at 'deliveryStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    [Fact]
    public async Task Constraints_come_before_what_is_not_supported_or_said_twice()
    {
        var (type, message) = await server.FirehoseErrorAsync(
            "CreateDeliveryStream",
            ServerFixtureFirehose.CreateRequest("bad name", "\"EncryptionConfiguration\":{}"));
        type.ShouldBe("ValidationException");
        message.ShouldStartWith("1 validation error detected: Value 'bad name' at 'deliveryStreamName'");
    }

    private static IEnumerable<string> Names(JsonElement body) => body.GetProperty("DeliveryStreamNames").EnumerateArray().Select(name => name.GetString()!);
}
