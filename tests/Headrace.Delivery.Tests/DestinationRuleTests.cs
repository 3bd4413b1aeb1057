using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Endpoints;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Tests;

public class DestinationRuleTests
{
    private const string Constraint = "Ths supplied prefix(es) do not satisfy the following constraint: ";

    [Theory]
    [InlineData("!{timestamp:yyyy}/", null, Constraint + "ErrorOutputPrefix cannot be null or empty when Prefix contains expressions")]
    [InlineData("!{timestamp:yyyy}/", "e/!{timestamp:yyyy}", Constraint + "ErrorOutputPrefix must contain at least one occurrence of !{firehose:error-output-type}")]
    [InlineData("!{firehose:error-output-type}/", "e/", Constraint + "Prefix must not contain any occurrence of !{firehose:error-output-type}")]
    [InlineData("!{timestamp:yyyy", "e/", Constraint + "Invalid expression usage")]
    [InlineData("!{}", "e/", Constraint + "Invalid expression usage")]
    [InlineData("!{date:yyyy}", "e/", Constraint + "Namespace to the left of colon (date) is an invalid keyword!")]
    [InlineData("!{timestamp:C}", "e/", Constraint + "Invalid conversion character used in the value of the expression in Prefix")]
    [InlineData("!{firehose:uuid}", "e/", Constraint + "Invalid conversion character used in the value of the expression in Prefix")]
    [InlineData("p/", "!{firehose:x}", Constraint + "Invalid conversion character used in the value of the expression in ErrorOutputPrefix")]
    [InlineData("!{partitionKeyFromQuery:k}/", "!{firehose:error-output-type}/", "Dynamic Partitioning Namespaces can only be part of a prefix expression when Dynamic Partitioning is enabled.")]
    [InlineData("p/", "!{firehose:error-output-type}/!{partitionKeyFromQuery:k}", "Dynamic Partitioning Namespaces can't be part of an error prefix expression")]
    public void A_prefix_is_refused_in_the_services_words(string? prefix, string? errors, string message) =>
        RefusalOf(DeliveryRig.To() with { Prefix = prefix, ErrorOutputPrefix = errors }).ShouldBe(message);

    [Fact]
    public void A_prefix_becomes_at_most_512_characters_long()
    {
        RefusalOf(DeliveryRig.To() with { Prefix = new string('p', 513) }).ShouldBe(Constraint + "Length of evaluated prefix cannot be greater than 512");
        RefusalOf(DeliveryRig.To() with { ErrorOutputPrefix = new string('p', 513) }).ShouldBe(Constraint + "Length of evaluated ErrorOutputPrefix cannot be greater than 512");
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("EST")]
    public void A_time_zone_must_be_known(string zone) =>
        RefusalOf(DeliveryRig.To() with { CustomTimeZone = zone }).ShouldBe("Provided custom time zone is not supported. Custom time zones are limited to UTC and non-3-letter IANA time zones.");

    [Fact]
    public void An_attribute_of_a_web_service_is_given_once()
    {
        var endpoint = new HttpEndpoint { Url = "https://web.example", Attributes = [new("env", "a"), new("env", "b")] };
        RefusalOf(DeliveryRig.To() with { Endpoint = endpoint, Backup = DeliveryRig.To() }).ShouldBe("Http Endpoint Common Attributes have duplicate name env");
    }

    [Fact]
    public void Decompression_comes_with_the_stream_or_a_function()
    {
        var plain = DeliveryRig.To();
        var function = plain with { Processing = new ProcessingConfiguration(true, [new Processor(ProcessorType.Lambda, [new ProcessorParameter("LambdaArn", "arn:aws:lambda:us-east-1:000000000000:function:f")])]) };
        var decompressing = plain with { Processing = new ProcessingConfiguration(true, [new Processor(ProcessorType.Decompression, [])]) };
        Should.NotThrow(() => DestinationRules.CheckChange(function, decompressing));
        Should.NotThrow(() => DestinationRules.CheckChange(decompressing, decompressing));
        Should.Throw<DeliveryException>(() => DestinationRules.CheckChange(plain, decompressing)).Message
            .ShouldBe("Enabling source decompression is not supported for existing stream with no Lambda function attached.");
    }

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss", null)]
    [InlineData("yyyy-jj", "One or more SerDe options are invalid for org.apache.hcatalog.data.JsonSerDe: [Key: timestamp.formats Value: yyyy-jj]")]
    public void A_format_of_times_has_letters_that_mean_something(string format, string? message)
    {
        var destination = DeliveryRig.To() with
        {
            BufferMegabytes = 64,
            Conversion = new DataFormatConversionConfiguration
            {
                Enabled = true,
                InputFormatConfiguration = new InputFormatConfiguration { Deserializer = new Deserializer { HiveJsonSerDe = new HiveJsonSerDe { TimestampFormats = [format] } } },
                OutputFormatConfiguration = new OutputFormatConfiguration { Serializer = new Serializer { ParquetSerDe = new ParquetSerDe() } },
                SchemaConfiguration = new SchemaConfiguration { RoleARN = "r", DatabaseName = "d", TableName = "t" },
            },
        };
        if (message is null)
            Should.NotThrow(() => DestinationRules.Check(destination));
        else
            RefusalOf(destination).ShouldBe(message);
    }

    [Fact]
    public void Logging_needs_names()
    {
        RefusalOf(DeliveryRig.To() with { CloudWatchLogging = new CloudWatchLogging(true, null, null) }).ShouldBe("CloudWatch Log Group Name is required if CloudWatch Logging is enabled");
        RefusalOf(DeliveryRig.To() with { CloudWatchLogging = new CloudWatchLogging(true, "g", null) }).ShouldBe("CloudWatch Log Stream Name is required if CloudWatch Logging is enabled");
    }

    [Fact]
    public void Partitioning_needs_keys_a_processor_and_room()
    {
        var good = DeliveryRig.Partitioned();
        Should.NotThrow(() => DestinationRules.Check(good));
        RefusalOf(good with { Prefix = "plain/" }).ShouldBe("S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is enabled");
        RefusalOf(good with { BufferMegabytes = 63 }).ShouldBe("BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.");
        RefusalOf(good with { Processing = null }).ShouldBe("Processing Configuration is not enabled when DataPartitioning is enabled");
        RefusalOf(good with { Prefix = "!{partitionKeyFromQuery:other}/" }).ShouldBe("MetaDataExtraction JQ Query can't contain keys that are not present in the S3 Prefix expression");
        RefusalOf(good with { DynamicPartitioning = null, Prefix = null }).ShouldBe("class com.amazonaws.services.firehose.internal.model.MetadataExtractionProcessor can only be present when Dynamic Partitioning is enabled.");
    }

    [Theory]
    [InlineData("MetadataExtraction", "MetadataExtractionQuery={k: .k}", "MetaDataExtraction JSON Parsing Engine has to be one of JQ-1.6")]
    [InlineData("MetadataExtraction", "JsonParsingEngine=JQ-1.6", "MetadataExtractionQuery is required when MetadataExtraction processor is used.")]
    [InlineData("RecordDeAggregation", "SubRecordType=XML", "SubRecordType has to be one of JSON, DELIMITED")]
    [InlineData("RecordDeAggregation", "SubRecordType=DELIMITED", "Delimiter should be present for DELIMITED")]
    [InlineData("CloudWatchLogProcessing", "DataMessageExtraction=maybe", "Invalid parameter value for DataMessageExtraction. Allowed values are True and False.")]
    [InlineData("CloudWatchLogProcessing", "DataMessageExtraction=true", "CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor")]
    [InlineData("Lambda", "NumberOfRetries=2", "LambdaArn is required when Lambda processor is used.")]
    [InlineData("Lambda", "LambdaArn=not-an-arn", "Invalid lambda ARN.")]
    [InlineData("Lambda", "LambdaArn=arn:aws:lambda:us-east-1:000000000000:function:f;NumberOfRetries=301", "Number of retries for lambda must be between 0 and 300.")]
    [InlineData("Lambda", "LambdaArn=arn:aws:lambda:us-east-1:000000000000:function:f;BufferSizeInMBs=4;BufferIntervalInSeconds=1", "BufferSizeInMBs for lambda processor must be between 0.2 and 3.")]
    [InlineData("Lambda", "LambdaArn=arn:aws:lambda:us-east-1:000000000000:function:f;BufferSizeInMBs=1", "Both BufferSizeInMBs and BufferIntervalInSeconds are required to configure buffering for lambda processor.")]
    [InlineData("Lambda", "LambdaArn=a;LambdaArn=b", "Duplicate ProcessorParameter passed to ProcessingConfiguration.")]
    public void A_processor_is_refused_in_the_services_words(string type, string parameters, string message)
    {
        var given = parameters.Split(';').Select(pair => pair.Split('=', 2)).Select(pair => new ProcessorParameter(pair[0], pair[1])).ToList();
        var partitioned = DeliveryRig.Partitioned();
        var processors = new List<Processor> { new(Enum.Parse<ProcessorType>(type), given) };
        if (type != "MetadataExtraction")
            processors.AddRange(partitioned.Processing!.Processors);
        RefusalOf(partitioned with { Processing = new ProcessingConfiguration(true, processors) }).ShouldBe(message);
    }

    [Fact]
    public void Processing_has_one_to_five_processors() =>
        RefusalOf(DeliveryRig.To() with { Processing = new ProcessingConfiguration(true, []) })
            .ShouldBe("A maximum of 5 and a minimum of 1 processor needs to be supplied when processing is enabled.");

    [Theory]
    [InlineData("{a: .x, b: (.y | {c: 1, d: 2} | .c), \"e f\": .z, g}", "a,b,e f,g")]
    [InlineData(".metadata", null)]
    [InlineData("{(.k): 1}", null)]
    [InlineData("{a: \"},\\\"{\", b: 1}", "a,b")]
    public void Keys_of_a_query_are_seen_where_it_is_plain(string query, string? keys) =>
        (QueryKeys.Of(query) is { } found ? string.Join(',', found) : null).ShouldBe(keys);

    private static string RefusalOf(S3Destination destination)
    {
        var refusal = Should.Throw<DeliveryException>(() => DestinationRules.Check(destination));
        refusal.Fault.ShouldBe(DeliveryFault.InvalidArgument);
        return refusal.Message;
    }
}
