using System.Text.Json;

namespace Headrace.Server.Tests.Firehose;

public class PutTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Every_record_gets_an_id_of_its_own()
    {
        await server.CreateDeliveryStreamAsync("ids");
        var one = await server.FirehoseAsync("PutRecord", """{"DeliveryStreamName":"ids","Record":{"Data":"QQ=="}}""");
        one.GetProperty("Encrypted").GetBoolean().ShouldBeFalse();
        var many = await server.FirehoseAsync("PutRecordBatch", """{"Records":[{"Data":"QQ=="},{"Data":""},{"Data":"\/\/8="}],"DeliveryStreamName":"ids"}""");
        many.GetProperty("FailedPutCount").GetInt32().ShouldBe(0);
        var ids = many.GetProperty("RequestResponses").EnumerateArray().Append(one).Select(entry => entry.GetProperty("RecordId").GetString()!).ToList();
        ids.Count.ShouldBe(4);
        ids.Distinct().Count().ShouldBe(4);
        ids.ShouldAllBe(id => id.Length > 100);
    }

    [Fact]
    public async Task A_delivery_stream_that_reads_a_data_stream_takes_no_records()
    {
        await server.FirehoseAsync("CreateDeliveryStream", """
            {
                "DeliveryStreamName": "reader",
                "DeliveryStreamType": "KinesisStreamAsSource",
                "KinesisStreamSourceConfiguration": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/not-yet",
                    "RoleARN": "arn:aws:iam::000000000000:role/lab"
                },
                "S3DestinationConfiguration": { "RoleARN": "arn:aws:iam::000000000000:role/lab", "BucketARN": "arn:aws:s3:::lake" }
            }
            """);
        var (type, message) = await server.FirehoseErrorAsync("PutRecord", """{"DeliveryStreamName":"reader","Record":{"Data":"QQ=="}}""");
        type.ShouldBe("InvalidArgumentException");
        message.ShouldBe("This operation is not permitted on KinesisStreamAsSource delivery stream type.");
    }

    [Fact]
    public async Task A_batch_has_at_most_500_records()
    {
        await server.CreateDeliveryStreamAsync("count");
        (await server.FirehoseAsync("PutRecordBatch", Batch("count", 500, "QQ=="))).GetProperty("RequestResponses").GetArrayLength().ShouldBe(500);
        var (type, message) = await server.FirehoseErrorAsync("PutRecordBatch", Batch("count", 501, "QQ=="));
        type.ShouldBe("ValidationException");
        message.ShouldEndWith("at 'records' failed to satisfy constraint: Member must have length less than or equal to 500");
        (await server.FirehoseErrorAsync("PutRecordBatch", Batch("count", 0, ""))).Message
            .ShouldEndWith("at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1");
    }

    [Fact]
    public async Task A_batch_has_at_most_4_MiB()
    {
        await server.CreateDeliveryStreamAsync("size");
        var quarter = Convert.ToBase64String(new byte[512 * 1024]);
        (await server.FirehoseAsync("PutRecordBatch", Batch("size", 8, quarter))).GetProperty("FailedPutCount").GetInt32().ShouldBe(0);
        (await server.FirehoseErrorAsync("PutRecordBatch", Batch("size", 9, quarter)))
            .ShouldBe(("InvalidArgumentException", "Records size exceeds 4 MB limit"));
    }

    [Fact]
    public async Task A_record_has_at_most_1000_KiB()
    {
        await server.CreateDeliveryStreamAsync("large");
        await server.FirehoseAsync("PutRecord", One("large", 1_024_000));
        var (type, message) = await server.FirehoseErrorAsync("PutRecord", One("large", 1_024_001));
        type.ShouldBe("ValidationException");
        message.ShouldEndWith("at 'record.data' failed to satisfy constraint: Member must have length less than or equal to 1024000");
    }

    [Theory]
    [InlineData("PutRecord", """{"DeliveryStreamName":"x"}""", "ValidationException", "Value null at 'record' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecord", """{"Record":{"Data":"QQ=="}}""", "ValidationException", "Value null at 'deliveryStreamName' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecord", """{"DeliveryStreamName":"x","Record":{}}""", "ValidationException", "Value null at 'record.data' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecord", """{"DeliveryStreamName":"x","Record":{"Data":"Q"}}""", "SerializationException", "")]
    [InlineData("PutRecord", """{"DeliveryStreamName":"x","Record":{"Data":7}}""", "SerializationException", "")]
    [InlineData("PutRecord", """{"DeliveryStreamName":"x","Record":""", "SerializationException", "")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"x"}""", "ValidationException", "Value null at 'records' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"x","Records":[{"Data":"QQ=="},{}]}""", "ValidationException", "at 'records.2.member.data' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"x","Records":[7]}""", "SerializationException", "")]
    public async Task A_faulty_request_is_answered_in_the_services_words(string operation, string request, string expectedType, string part)
    {
        var (type, message) = await server.FirehoseErrorAsync(operation, request);
        type.ShouldBe(expectedType);
        message.ShouldContain(part);
    }

    private static string One(string stream, int bytes) =>
        JsonSerializer.Serialize(new { DeliveryStreamName = stream, Record = new { Data = new byte[bytes] } });

    private static string Batch(string stream, int records, string base64) =>
        JsonSerializer.Serialize(new { DeliveryStreamName = stream, Records = Enumerable.Repeat(new { Data = base64 }, records) });
}
