namespace Headrace.Server.Tests.Firehose;

public class HttpEndpointTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Backup = """
        "S3Configuration":{"RoleARN":"arn:aws:iam::000000000000:role/delivery","BucketARN":"arn:aws:s3:::lake","Prefix":"raw/"}
        """;

    [Fact]
    public async Task A_web_service_is_described_without_its_key_and_updated_in_parts()
    {
        await server.FirehoseAsync("CreateDeliveryStream", Create("web", """
            "EndpointConfiguration":{"Url":"https://web.example/take","Name":"web","AccessKey":"secret"},
            "RequestConfiguration":{"ContentEncoding":"GZIP","CommonAttributes":[{"AttributeName":"env","AttributeValue":"test"}]}
            """));
        await server.WaitForDeliveryStatusAsync("web", "ACTIVE");
        (await DestinationAsync()).ToString().ShouldBe("""
            {"EndpointConfiguration":{"Url":"https://web.example/take","Name":"web"},"BufferingHints":{"SizeInMBs":5,"IntervalInSeconds":300},"CloudWatchLoggingOptions":{"Enabled":false},"RequestConfiguration":{"ContentEncoding":"GZIP","CommonAttributes":[{"AttributeName":"env","AttributeValue":"test"}]},"ProcessingConfiguration":{"Enabled":false,"Processors":[]},"RoleARN":"arn:aws:iam::000000000000:role/delivery","RetryOptions":{"DurationInSeconds":300},"S3BackupMode":"FailedDataOnly","S3DestinationDescription":{"RoleARN":"arn:aws:iam::000000000000:role/delivery","BucketARN":"arn:aws:s3:::lake","Prefix":"raw/","BufferingHints":{"SizeInMBs":5,"IntervalInSeconds":300},"CompressionFormat":"UNCOMPRESSED","EncryptionConfiguration":{"NoEncryptionConfig":"NoEncryption"},"CloudWatchLoggingOptions":{"Enabled":false}}}
            """);
        await server.FirehoseAsync("UpdateDestination", """
            {"DeliveryStreamName":"web","CurrentDeliveryStreamVersionId":"1","DestinationId":"destinationId-000000000001","HttpEndpointDestinationUpdate":{
                "RetryOptions":{"DurationInSeconds":7},"S3BackupMode":"AllData","BufferingHints":{"SizeInMBs":1,"IntervalInSeconds":0},"S3Update":{"Prefix":"other/"}}}
            """);
        var updated = await DestinationAsync();
        updated.GetProperty("EndpointConfiguration").GetProperty("Url").GetString().ShouldBe("https://web.example/take");
        updated.GetProperty("RequestConfiguration").GetProperty("ContentEncoding").GetString().ShouldBe("GZIP");
        updated.GetProperty("RetryOptions").GetProperty("DurationInSeconds").GetInt32().ShouldBe(7);
        updated.GetProperty("S3BackupMode").GetString().ShouldBe("AllData");
        updated.GetProperty("BufferingHints").GetProperty("IntervalInSeconds").GetInt32().ShouldBe(0);
        updated.GetProperty("S3DestinationDescription").GetProperty("Prefix").GetString().ShouldBe("other/");
        (await server.FirehoseErrorAsync("UpdateDestination", """
            {"DeliveryStreamName":"web","CurrentDeliveryStreamVersionId":"2","DestinationId":"destinationId-000000000001","ExtendedS3DestinationUpdate":{}}
            """)).ShouldBe(("InvalidArgumentException", "Changing the destination type to or from HttpEndpoint is not supported at this time."));
    }

    [Theory]
    [InlineData("\"RetryOptions\":{}", "ValidationException", "endpointConfiguration")]
    [InlineData("\"EndpointConfiguration\":{\"Url\":\"ftp://x\"}", "ValidationException", "endpointConfiguration.url' failed to satisfy constraint: Member must satisfy regular expression pattern: https://.*")]
    [InlineData("\"EndpointConfiguration\":{\"Url\":\"https://[\"}", "InvalidArgumentException", "Url")]
    [InlineData("\"EndpointConfiguration\":{\"Url\":\"https://x\"},\"RetryOptions\":{\"DurationInSeconds\":7201}", "ValidationException", "durationInSeconds")]
    [InlineData("\"EndpointConfiguration\":{\"Url\":\"https://x\"},\"BufferingHints\":{\"SizeInMBs\":65,\"IntervalInSeconds\":1}", "ValidationException", "sizeInMBs")]
    [InlineData("\"EndpointConfiguration\":{\"Url\":\"https://x\"},\"S3BackupMode\":\"Enabled\"", "ValidationException", "s3BackupMode")]
    public async Task What_AWS_does_not_take_is_refused(string members, string type, string named)
    {
        var refusal = await server.FirehoseErrorAsync("CreateDeliveryStream", Create("refused", members));
        refusal.Type.ShouldBe(type);
        refusal.Message.ShouldContain(named);
    }

    private static string Create(string name, string members) =>
        $$$"""{"DeliveryStreamName":"{{{name}}}","HttpEndpointDestinationConfiguration":{ {{{members}}},{{{Backup}}} } }""";

    private async Task<System.Text.Json.JsonElement> DestinationAsync() =>
        (await server.DescribeDeliveryStreamAsync("web")).GetProperty("Destinations")[0].GetProperty("HttpEndpointDestinationDescription");
}
