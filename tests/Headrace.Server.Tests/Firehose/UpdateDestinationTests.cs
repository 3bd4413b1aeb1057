using System.Text.Json;

namespace Headrace.Server.Tests.Firehose;

public class UpdateDestinationTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task What_an_update_says_is_changed_and_the_rest_stays()
    {
        await server.CreateDeliveryStreamAsync("merged", "\"Prefix\":\"events/\",\"ErrorOutputPrefix\":\"errors/\",\"CompressionFormat\":\"GZIP\",\"BufferingHints\":{\"SizeInMBs\":64,\"IntervalInSeconds\":120}");
        (await server.DescribeDeliveryStreamAsync("merged")).TryGetProperty("LastUpdateTimestamp", out _).ShouldBeFalse();
        await server.FirehoseAsync("UpdateDestination", Update("merged", "1", "{\"CompressionFormat\":\"Snappy\",\"FileExtension\":\".sz\",\"CustomTimeZone\":\"Asia/Tokyo\"}"));

        var described = await server.DescribeDeliveryStreamAsync("merged");
        described.GetProperty("VersionId").GetString().ShouldBe("2");
        described.GetProperty("LastUpdateTimestamp").GetDouble().ShouldBeGreaterThan(1.7e9);
        var extended = Extended(described);
        extended.GetProperty("CompressionFormat").GetString().ShouldBe("Snappy");
        extended.GetProperty("FileExtension").GetString().ShouldBe(".sz");
        extended.GetProperty("CustomTimeZone").GetString().ShouldBe("Asia/Tokyo");
        extended.GetProperty("Prefix").GetString().ShouldBe("events/");
        extended.GetProperty("BufferingHints").GetProperty("SizeInMBs").GetInt32().ShouldBe(64);
        await server.FirehoseAsync("UpdateDestination", Update("merged", "2", "{\"RoleARN\":\"arn:aws:iam::000000000000:role/other\"}", "S3DestinationUpdate"));
        Extended(await server.DescribeDeliveryStreamAsync("merged")).GetProperty("RoleARN").GetString().ShouldBe("arn:aws:iam::000000000000:role/other");
    }

    [Fact]
    public async Task A_version_that_is_not_the_current_one_is_refused()
    {
        await server.CreateDeliveryStreamAsync("stale");
        (await server.FirehoseErrorAsync("UpdateDestination", Update("stale", "99", "{}"))).ShouldBe((
            "ConcurrentModificationException",
            "Cannot update firehose: stale since the current version id: 1 and specified version id: 99 do not match"));
    }

    [Fact]
    public async Task What_can_not_be_updated_is_refused()
    {
        await server.CreateDeliveryStreamAsync("fixed");
        (await server.FirehoseErrorAsync("UpdateDestination", Update("none", "1", "{}"))).ShouldBe(("ResourceNotFoundException", "Firehose none under account 000000000000 not found."));
        (await server.FirehoseErrorAsync("UpdateDestination", Update("fixed", "1", "{}").Replace("000000000001", "000000000002", StringComparison.Ordinal)))
            .ShouldBe(("InvalidArgumentException", "Destination Id destinationId-000000000002 not found"));
        (await server.FirehoseErrorAsync("UpdateDestination", Update("fixed", "1", "{},\"S3DestinationUpdate\":{}")))
            .ShouldBe(("InvalidArgumentException", "Exactly one destination configuration is supported for a Firehose"));
        (await server.FirehoseErrorAsync("UpdateDestination", Update("fixed", "1", "{}", "HttpEndpointDestinationUpdate")))
            .ShouldBe(("InvalidArgumentException", "Changing the destination type to or from HttpEndpoint is not supported at this time."));
        (await server.FirehoseErrorAsync("UpdateDestination", Update("fixed", "1", "{}", "SplunkDestinationUpdate")))
            .ShouldBe(("InvalidArgumentException", "SplunkDestinationUpdate is not supported."));
        (await server.DescribeDeliveryStreamAsync("fixed")).GetProperty("VersionId").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task Faults_are_told_all_at_once_and_values_of_destinations_are_not_shown()
    {
        var (type, message) = await server.FirehoseErrorAsync("UpdateDestination", """
            {"DeliveryStreamName":"x","CurrentDeliveryStreamVersionId":"one","ExtendedS3DestinationUpdate":{"CompressionFormat":"LZ4",
             "ProcessingConfiguration":{"Processors":[{"Type":"Lambda","Parameters":[{"ParameterName":"LambdaArn","ParameterValue":""}]}]}}}
            """);
        type.ShouldBe("ValidationException");
        message.ShouldBe(
            "5 validation errors detected: "
            + "Value 'one' at 'currentDeliveryStreamVersionId' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9]+; "
            + "Value null at 'destinationId' failed to satisfy constraint: Member must not be null; "
            + "Value at 'extendedS3DestinationUpdate.processingConfiguration.processors.1.member.parameters.1.member.parameterValue' failed to satisfy constraint: Member must have length greater than or equal to 1; "
            + "Value at 'extendedS3DestinationUpdate.processingConfiguration.processors.1.member.parameters.1.member.parameterValue' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?!\\s*$).+; "
            + "Value at 'extendedS3DestinationUpdate.compressionFormat' failed to satisfy constraint: Member must satisfy enum value set: [ZIP, HADOOP_SNAPPY, Snappy, GZIP, UNCOMPRESSED]");
    }

    [Fact]
    public async Task Every_option_of_a_destination_is_shown()
    {
        await server.FirehoseAsync("CreateDeliveryStream", """
            {"DeliveryStreamName":"all","DirectPutSourceConfiguration":{"ThroughputHintInMBs":3},"ExtendedS3DestinationConfiguration":{
              "RoleARN":"arn:aws:iam::000000000000:role/r","BucketARN":"arn:aws:s3:::lake",
              "Prefix":"p/!{partitionKeyFromQuery:k}/!{timestamp:yyyy}/","ErrorOutputPrefix":"e/!{firehose:error-output-type}/",
              "DynamicPartitioningConfiguration":{"Enabled":true},
              "ProcessingConfiguration":{"Enabled":true,"Processors":[{"Type":"MetadataExtraction","Parameters":[
                {"ParameterName":"MetadataExtractionQuery","ParameterValue":"{k: .k}"},{"ParameterName":"JsonParsingEngine","ParameterValue":"JQ-1.6"}]}]},
              "EncryptionConfiguration":{"KMSEncryptionConfig":{"AWSKMSKeyARN":"arn:aws:kms:us-east-1:000000000000:key/k"}},
              "DataFormatConversionConfiguration":{"Enabled":false,"OutputFormatConfiguration":{"Serializer":{"OrcSerDe":{"Compression":"ZLIB","StripeSizeBytes":8388608,"PaddingTolerance":0.5}}}},
              "S3BackupMode":"Enabled","S3BackupConfiguration":{"RoleARN":"arn:aws:iam::000000000000:role/b","BucketARN":"arn:aws:s3:::backup","CompressionFormat":"ZIP"}}}
            """);
        var described = await server.DescribeDeliveryStreamAsync("all");
        described.GetProperty("Source").GetProperty("DirectPutSourceDescription").GetProperty("ThroughputHintInMBs").GetInt32().ShouldBe(3);
        described.GetProperty("DeliveryStreamEncryptionConfiguration").GetProperty("Status").GetString().ShouldBe("DISABLED");
        var extended = Extended(described);
        extended.GetProperty("BufferingHints").GetProperty("SizeInMBs").GetInt32().ShouldBe(128);
        extended.GetProperty("DynamicPartitioningConfiguration").ToString().ShouldBe("""{"RetryOptions":{"DurationInSeconds":300},"Enabled":true}""");
        extended.GetProperty("ProcessingConfiguration").GetProperty("Processors")[0].GetProperty("Parameters")[0].GetProperty("ParameterValue").GetString().ShouldBe("{k: .k}");
        extended.GetProperty("EncryptionConfiguration").GetProperty("KMSEncryptionConfig").GetProperty("AWSKMSKeyARN").GetString().ShouldBe("arn:aws:kms:us-east-1:000000000000:key/k");
        extended.GetProperty("DataFormatConversionConfiguration").GetProperty("Enabled").GetBoolean().ShouldBeFalse();
        extended.GetProperty("DataFormatConversionConfiguration").GetProperty("OutputFormatConfiguration").GetProperty("Serializer").GetProperty("OrcSerDe").ToString()
            .ShouldBe("""{"StripeSizeBytes":8388608,"PaddingTolerance":0.5,"Compression":"ZLIB"}""");
        extended.GetProperty("S3BackupMode").GetString().ShouldBe("Enabled");
        extended.GetProperty("S3BackupDescription").GetProperty("CompressionFormat").GetString().ShouldBe("ZIP");
        extended.GetProperty("S3BackupDescription").GetProperty("BufferingHints").GetProperty("SizeInMBs").GetInt32().ShouldBe(5);
    }

    private static JsonElement Extended(JsonElement described) => described.GetProperty("Destinations")[0].GetProperty("ExtendedS3DestinationDescription");

    private static string Update(string stream, string version, string update, string member = "ExtendedS3DestinationUpdate") =>
        $$"""{"DeliveryStreamName":"{{stream}}","CurrentDeliveryStreamVersionId":"{{version}}","DestinationId":"destinationId-000000000001","{{member}}":{{update}}}""";
}
