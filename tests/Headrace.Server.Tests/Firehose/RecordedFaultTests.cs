namespace Headrace.Server.Tests.Firehose;

/// <summary>Faults in the order and words that were recorded from the service, of which the table of members is made.</summary>
public class RecordedFaultTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Conversion = "dataFormatConversionConfiguration.";

    [Theory]
    [InlineData(
        """{"OutputFormatConfiguration":{"Serializer":{"ParquetSerDe":{"BlockSizeBytes":1,"Compression":"x","MaxPaddingBytes":-1,"PageSizeBytes":1,"WriterVersion":"x"}}}}""",
        "maxPaddingBytes blockSizeBytes pageSizeBytes compression writerVersion")]
    [InlineData(
        """{"OutputFormatConfiguration":{"Serializer":{"OrcSerDe":{"BlockSizeBytes":1,"BloomFilterFalsePositiveProbability":2,"Compression":"x","DictionaryKeyThreshold":2,"FormatVersion":"x","PaddingTolerance":2,"RowIndexStride":1,"StripeSizeBytes":1}}}}""",
        "dictionaryKeyThreshold blockSizeBytes rowIndexStride paddingTolerance stripeSizeBytes compression formatVersion bloomFilterFalsePositiveProbability")]
    [InlineData(
        """{"SchemaConfiguration":{"CatalogId":" ","DatabaseName":" ","Region":" ","RoleARN":" ","TableName":" ","VersionId":" "}}""",
        "versionId catalogId databaseName roleARN region tableName")]
    public async Task Members_are_told_in_the_order_of_the_recordings(string conversion, string order)
    {
        var (type, message) = await server.FirehoseErrorAsync("CreateDeliveryStream", ServerFixtureFirehose.CreateRequest("recorded", $"\"DataFormatConversionConfiguration\":{conversion}"));
        type.ShouldBe("ValidationException");
        message.Split("; ").Select(fault => fault.Split('\'')[1].Split('.')[^1]).ShouldBe(order.Split(' '));
        message.ShouldContain(Conversion);
    }

    [Fact]
    public async Task A_processor_is_told_of_before_its_parameters_and_the_length_before_the_pattern()
    {
        const string path = "extendedS3DestinationConfiguration.processingConfiguration.processors.1.member.";
        (await server.FirehoseErrorAsync("CreateDeliveryStream", ServerFixtureFirehose.CreateRequest("recorded", """
            "ProcessingConfiguration":{"Processors":[{"Type":"x","Parameters":[{"ParameterValue":""}]}]}
            """))).Message.ShouldBe(
            $"4 validation errors detected: Value at '{path}type' failed to satisfy constraint: Member must satisfy enum value set: "
            + "[Decompression, Lambda, RecordDeAggregation, MetadataExtraction, AppendDelimiterToRecord, CloudWatchLogProcessing]; "
            + $"Value at '{path}parameters.1.member.parameterName' failed to satisfy constraint: Member must not be null; "
            + $"Value at '{path}parameters.1.member.parameterValue' failed to satisfy constraint: Member must have length greater than or equal to 1; "
            + $"Value at '{path}parameters.1.member.parameterValue' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?!\\s*$).+");
    }

    [Fact]
    public async Task Too_many_records_are_shown_one_by_one()
    {
        var records = string.Join(',', Enumerable.Repeat("{\"Data\":\"QUJD\"}", 501));
        var shown = string.Join(", ", Enumerable.Repeat("Record(data=java.nio.HeapByteBuffer[pos=0 lim=3 cap=3])", 501));
        (await server.FirehoseErrorAsync("PutRecordBatch", $$"""{"DeliveryStreamName":"many","Records":[{{records}}]}"""))
            .ShouldBe(("ValidationException", $"1 validation error detected: Value '[{shown}]' at 'records' failed to satisfy constraint: Member must have length less than or equal to 500"));
    }
}
