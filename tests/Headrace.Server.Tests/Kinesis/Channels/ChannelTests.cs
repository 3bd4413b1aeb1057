using System.Net;
using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis.Channels;

public class ChannelTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Storage = """
        "StorageConfiguration":{"BucketARN":"arn:aws:s3:::lake","ExpectedBucketOwner":"000000000000","CompressionType":"GZIP"}
        """;

    private const string Plain = "\"S3DestinationConfiguration\":{" + Storage + "}";

    [Fact]
    public async Task A_channel_is_described_with_its_defaults()
    {
        await CreateStreamAsync("defaults");
        var created = await CreateAsync("first", "defaults", Plain);
        created.GetProperty("ChannelStatus").GetString().ShouldBe("CREATING");
        var arn = created.GetProperty("ChannelARN").GetString()!;
        var channel = await ActiveAsync(arn);

        var id = channel.GetProperty("ChannelId").GetString()!;
        arn.ShouldBe($"arn:aws:kinesis:us-east-1:000000000000:channel/{id}");
        channel.GetProperty("ChannelName").GetString().ShouldBe("first");
        channel.GetProperty("ServiceExecutionRoleARN").GetString().ShouldBe("arn:aws:iam::000000000000:role/channel");
        var stream = channel.GetProperty("StreamConfigurationList").EnumerateArray().ShouldHaveSingleItem();
        stream.GetProperty("StreamARN").GetString().ShouldBe("arn:aws:kinesis:us-east-1:000000000000:stream/defaults");
        stream.GetProperty("StreamCreationTimestamp").GetDouble().ShouldBeGreaterThan(1.7e9);
        stream.GetProperty("RecordConfiguration").ToString().ShouldBe("""{"RecordFormatType":"BYTE_ARRAY"}""");
        var destination = channel.GetProperty("S3DestinationConfiguration");
        destination.GetProperty("DataFreshnessInSeconds").GetInt32().ShouldBe(300);
        destination.GetProperty("DeadLetterQueueS3Configuration").ToString().ShouldBe(
            $$"""{"BucketARN":"arn:aws:s3:::lake","ExpectedBucketOwner":"000000000000","ErrorOutputPrefix":"kinesis-channel/errors/first/{{id}}/"}""");
        destination.GetProperty("StorageConfiguration").ToString().ShouldBe(
            """{"BucketARN":"arn:aws:s3:::lake","ExpectedBucketOwner":"000000000000","OutputKeyTemplate":"kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}","StorageClass":"STANDARD","CompressionType":"GZIP"}""");
        channel.GetProperty("LoggingConfiguration").ToString().ShouldBe("""{"CloudWatchLogs":{"Enabled":false}}""");
        channel.TryGetProperty("EncryptionConfiguration", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Everything_given_is_described()
    {
        await CreateStreamAsync("full");
        var created = await CreateAsync("all", "full", """
            "S3DestinationConfiguration":{
                "DataFreshnessInSeconds":600,
                "DeadLetterQueueS3Configuration":{"BucketARN":"arn:aws:s3:::letters","ExpectedBucketOwner":"111122223333","ErrorOutputPrefix":"failed/"},
                "StorageConfiguration":{"BucketARN":"arn:aws:s3:::lake","ExpectedBucketOwner":"000000000000","OutputKeyTemplate":"x/!{yy}!{extension}","StorageClass":"GLACIER_IR","CompressionType":"ZSTD"}},
            "EncryptionConfiguration":{"EncryptionType":"KMS","KeyId":"alias/mine"},
            "LoggingConfiguration":{"CloudWatchLogs":{"Enabled":true,"LogGroupName":"g"}},
            "Tags":{"team":"water"}
            """, """{"RecordFormatType":"JSON","GSRSchemaARN":"arn:aws:glue:us-east-1:000000000000:schema/r/s"}""");

        created.GetProperty("StreamConfigurationList")[0].GetProperty("RecordConfiguration").GetProperty("GSRSchemaARN").GetString().ShouldBe("arn:aws:glue:us-east-1:000000000000:schema/r/s");
        created.GetProperty("EncryptionConfiguration").ToString().ShouldBe("""{"EncryptionType":"KMS","KeyId":"alias/mine"}""");
        created.GetProperty("LoggingConfiguration").ToString().ShouldBe("""{"CloudWatchLogs":{"Enabled":true,"LogGroupName":"g","LogStreamName":"DestinationDelivery"}}""");
        created.GetProperty("S3DestinationConfiguration").ToString().ShouldBe(
            """{"DataFreshnessInSeconds":600,"DeadLetterQueueS3Configuration":{"BucketARN":"arn:aws:s3:::letters","ExpectedBucketOwner":"111122223333","ErrorOutputPrefix":"failed/"},"StorageConfiguration":{"BucketARN":"arn:aws:s3:::lake","ExpectedBucketOwner":"000000000000","OutputKeyTemplate":"x/!{yy}!{extension}","StorageClass":"GLACIER_IR","CompressionType":"ZSTD"}}""");
        var arn = created.GetProperty("ChannelARN").GetString()!;
        await server.KinesisAsync("TagResource", $$$"""{"ResourceARN":"{{{arn}}}","Tags":{"tier":"1"}}""");
        await server.KinesisAsync("UntagResource", $$"""{"ResourceARN":"{{arn}}","TagKeys":["team"]}""");
        var refusal = await server.KinesisErrorAsync("TagResource", $$$"""{"ResourceARN":"{{{arn}}}","Tags":{"headrace:compaction":"128"}}""");
        refusal.Type.ShouldBe("InvalidArgumentException");
        refusal.Message.ShouldBe("The tag headrace:compaction must be a size from 1KB to 1GB, such as 128MB, not 128.");
        (await server.KinesisAsync("ListTagsForResource", $$"""{"ResourceARN":"{{arn}}"}""")).GetProperty("Tags").ToString().ShouldBe("""[{"Key":"tier","Value":"1"}]""");

        await ActiveAsync(arn);
        var updated = await server.KinesisAsync("UpdateChannel", $$$$"""{"ChannelARN":"{{{{arn}}}}","S3DestinationConfiguration":{"DataFreshnessInSeconds":300},"LoggingConfiguration":{"CloudWatchLogs":{"Enabled":false}}}""");
        updated.GetProperty("ChannelDescription").GetProperty("ChannelStatus").GetString().ShouldBe("UPDATING");
        var after = await ActiveAsync(arn);
        after.GetProperty("S3DestinationConfiguration").GetProperty("DataFreshnessInSeconds").GetInt32().ShouldBe(300);
        after.GetProperty("LoggingConfiguration").ToString().ShouldBe("""{"CloudWatchLogs":{"Enabled":false}}""");
    }

    [Fact]
    public async Task Channels_are_listed_page_by_page_and_by_their_streams()
    {
        await CreateStreamAsync("left");
        await CreateStreamAsync("right");
        foreach (var (name, stream) in new[] { ("list-a", "left"), ("list-b", "right"), ("list-c", "left") })
            await CreateAsync(name, stream, Plain);
        const string Left = """ "StreamFilter":[{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/left"}] """;

        var first = await server.KinesisAsync("ListChannels", $$"""{"MaxResults":1,{{Left}}}""");
        var second = await server.KinesisAsync("ListChannels", $$"""{"MaxResults":1,"NextToken":"{{first.GetProperty("NextToken").GetString()}}",{{Left}}}""");

        var summary = first.GetProperty("ChannelSummaries").EnumerateArray().ShouldHaveSingleItem();
        summary.GetProperty("ChannelName").GetString().ShouldBe("list-a");
        summary.GetProperty("ChannelDestinationType").GetString().ShouldBe("S3");
        summary.GetProperty("Streams")[0].GetProperty("StreamARN").GetString().ShouldBe("arn:aws:kinesis:us-east-1:000000000000:stream/left");
        second.GetProperty("ChannelSummaries")[0].GetProperty("ChannelName").GetString().ShouldBe("list-c");
        second.TryGetProperty("NextToken", out _).ShouldBeFalse();
        (await server.KinesisAsync("ListChannels", "{}")).GetProperty("ChannelSummaries").EnumerateArray().Select(one => one.GetProperty("ChannelName").GetString())
            .Where(name => name!.StartsWith("list-", StringComparison.Ordinal)).ShouldBe(["list-a", "list-b", "list-c"]);
        (await server.KinesisErrorAsync("ListChannels", """{"NextToken":"nothing"}""")).Type.ShouldNotBe("InternalFailure");
    }

    [Fact]
    public async Task A_deleted_channel_is_gone_and_lets_its_stream_go()
    {
        await CreateStreamAsync("held");
        var arn = (await CreateAsync("holder", "held", Plain)).GetProperty("ChannelARN").GetString()!;
        await ActiveAsync(arn);
        (await server.KinesisErrorAsync("DeleteStream", """{"StreamName":"held"}""")).Type.ShouldBe("ResourceInUseException");

        await server.KinesisAsync("DeleteChannel", $$"""{"ChannelARN":"{{arn}}"}""");
        await Poll.UntilAsync(async () => (await server.SendAsync("Kinesis_20131202.DescribeChannel", $$"""{"ChannelARN":"{{arn}}"}""")).Status == HttpStatusCode.BadRequest);

        (await server.KinesisErrorAsync("DescribeChannel", $$"""{"ChannelARN":"{{arn}}"}""")).Type.ShouldBe("ResourceNotFoundException");
        (await server.KinesisErrorAsync("DeleteChannel", $$"""{"ChannelARN":"{{arn}}"}""")).Type.ShouldBe("ResourceNotFoundException");
        (await server.KinesisErrorAsync("UpdateChannel", $$$"""{"ChannelARN":"{{{arn}}}","S3DestinationConfiguration":{"DataFreshnessInSeconds":300}}""")).Type.ShouldBe("ResourceNotFoundException");
        await server.KinesisAsync("DeleteStream", """{"StreamName":"held"}""");
    }

    [Theory]
    [InlineData(""" "S3DestinationConfiguration":{S} """, "InvalidArgumentException", "RecordFormatType GSR_JSON is only supported for S3 Tables destinations.", "GSR_JSON")]
    [InlineData(""" "EncryptionConfiguration":{"EncryptionType":"KMS","KeyId":"k"} """, "InvalidArgumentException", "Exactly one of S3DestinationConfiguration and S3TablesDestinationConfiguration must be specified.")]
    [InlineData(""" "S3DestinationConfiguration":{S},"S3TablesDestinationConfiguration":{T} """, "InvalidArgumentException", "Exactly one of S3DestinationConfiguration and S3TablesDestinationConfiguration must be specified.")]
    [InlineData(""" "S3TablesDestinationConfiguration":{T} """, "InvalidArgumentException", "S3TablesDestinationConfiguration is not supported. Deliver to a bucket, by S3DestinationConfiguration.")]
    [InlineData(""" "S3DestinationConfiguration":{S,"DataFreshnessInSeconds":901} """, "InvalidArgumentException", "DataFreshnessInSeconds must be between 0 and 900.")]
    [InlineData(""" "S3DestinationConfiguration":{S},"EncryptionConfiguration":{"EncryptionType":"KMS","KeyId":"alias/aws/kinesis"} """, "InvalidArgumentException", "EncryptionConfiguration: the key alias/aws/kinesis can't be used, only keys of your own.")]
    [InlineData(""" "S3DestinationConfiguration":{"StorageConfiguration":{"BucketARN":"arn:aws:s3:::lake","ExpectedBucketOwner":"000000000000","CompressionType":"ZSTD","OutputKeyTemplate":"a"}} """, "InvalidArgumentException", "OutputKeyTemplate is invalid: it must include an extension when compression is enabled.")]
    [InlineData(""" "S3DestinationConfiguration":{"StorageConfiguration":{"BucketARN":"lake","CompressionType":"LZ4"}} """, "ValidationException", "3 validation errors detected: ")]
    [InlineData(""" "LoggingConfiguration":{},"S3DestinationConfiguration":{S} """, "ValidationException", "1 validation error detected: Value null at 'loggingConfiguration.cloudWatchLogs' failed to satisfy constraint: Member must not be null")]
    public async Task What_a_channel_can_t_be_is_refused(string members, string type, string message, string format = "JSON")
    {
        await server.SendAsync("Kinesis_20131202.CreateStream", """{"StreamName":"refusals","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""");
        var given = members.Replace("{S", "{" + Storage, StringComparison.Ordinal).Replace("{T}", """
            {"DeadLetterQueueS3Configuration":{"BucketARN":"arn:aws:s3:::letters","ExpectedBucketOwner":"000000000000"},"S3TablesConfigurationList":[{"TableBucketARN":"arn:aws:s3tables:us-east-1:000000000000:bucket/tables","Namespace":"n","TableName":"t","CompressionType":"ZSTD"}]}
            """, StringComparison.Ordinal);

        var error = await server.KinesisErrorAsync("CreateChannel", Request("refused", "refusals", given, $$"""{"RecordFormatType":"{{format}}"}"""));

        error.Type.ShouldBe(type);
        error.Message.ShouldStartWith(message);
    }

    [Fact]
    public async Task A_channel_needs_an_on_demand_stream_that_is_there()
    {
        await server.CreateStreamAsync("provisioned", 1);
        (await server.KinesisErrorAsync("CreateChannel", Request("c", "provisioned", Plain))).Type.ShouldBe("ValidationException");
        (await server.KinesisErrorAsync("CreateChannel", Request("c", "missing", Plain))).Type.ShouldBe("ResourceNotFoundException");
        await CreateStreamAsync("twice");
        await CreateAsync("twice", "twice", Plain);
        (await server.KinesisErrorAsync("CreateChannel", Request("twice", "twice", Plain))).ShouldBe(("ResourceInUseException", "Channel twice under account 000000000000 already exists."));
        (await server.KinesisErrorAsync("DescribeChannel", """{"ChannelARN":"nothing"}""")).Message.ShouldContain(@"Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\d{12}:channel/\S+");
    }

    [Fact]
    public async Task With_AWS_s_limits_freshness_is_AWS_s_and_a_stream_has_one_channel()
    {
        await using var limited = await ServerFixture.StartAsync(options => options with { EnforceLimits = true });
        await limited.KinesisAsync("CreateStream", """{"StreamName":"s","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""");
        await limited.WaitForStatusAsync("s", "ACTIVE");
        (await limited.KinesisErrorAsync("CreateChannel", Request("c", "s", "\"S3DestinationConfiguration\":{" + Storage + ",\"DataFreshnessInSeconds\":299}")))
            .ShouldBe(("InvalidArgumentException", "DataFreshnessInSeconds must be between 300 and 900."));
        await limited.KinesisAsync("CreateChannel", Request("c", "s", Plain));
        (await limited.KinesisErrorAsync("CreateChannel", Request("d", "s", Plain))).Type.ShouldBe("LimitExceededException");
    }

    private static string Request(string name, string stream, string members, string record = """{"RecordFormatType":"BYTE_ARRAY"}""") => $$"""
        {"ChannelName":"{{name}}","ServiceExecutionRoleARN":"arn:aws:iam::000000000000:role/channel",
         "StreamConfigurationList":[{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/{{stream}}","RecordConfiguration":{{record}}}],{{members}}}
        """;

    private async Task<JsonElement> CreateAsync(string name, string stream, string members, string record = """{"RecordFormatType":"BYTE_ARRAY"}""") =>
        (await server.KinesisAsync("CreateChannel", Request(name, stream, members, record))).GetProperty("ChannelDescription");

    private async Task CreateStreamAsync(string name)
    {
        await server.KinesisAsync("CreateStream", $$$"""{"StreamName":"{{{name}}}","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""");
        await server.WaitForStatusAsync(name, "ACTIVE");
    }

    private async Task<JsonElement> ActiveAsync(string arn)
    {
        JsonElement channel = default;
        await Poll.UntilAsync(async () =>
        {
            channel = (await server.KinesisAsync("DescribeChannel", $$"""{"ChannelARN":"{{arn}}"}""")).GetProperty("ChannelDescription");
            return channel.GetProperty("ChannelStatus").GetString() == "ACTIVE";
        });
        return channel;
    }
}
