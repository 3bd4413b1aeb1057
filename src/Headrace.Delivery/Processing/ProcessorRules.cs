using System.Globalization;
using System.Text.RegularExpressions;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Naming;
using Headrace.Jq;

namespace Headrace.Delivery.Processing;

/// <summary>What AWS demands of processors, its words for it, and the settings that it fills in.</summary>
internal static partial class ProcessorRules
{
    private const int MaxProcessors = 5;
    private const int MaxRetries = 300;
    private const string JqEngine = "JQ-1.6";

    // The order in which AWS shows a function's settings.
    private static readonly string[] LambdaParameters =
    [
        ProcessorParameters.LambdaArn,
        ProcessorParameters.NumberOfRetries,
        ProcessorParameters.RoleArn,
        ProcessorParameters.BufferSizeInMBs,
        ProcessorParameters.BufferIntervalInSeconds,
    ];

    /// <summary>Fills in what a Lambda processor leaves unsaid.</summary>
    public static ProcessingConfiguration Complete(ProcessingConfiguration given, string roleArn) =>
        given with { Processors = [.. given.Processors.Select(processor => processor.Type == ProcessorType.Lambda && processor[ProcessorParameters.LambdaArn] is not null ? Complete(processor, roleArn) : processor)] };

    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static void Check(S3Destination destination)
    {
        if (destination.Processing is not { } processing)
            return;
        if (processing.Processors.Any(processor => processor.Parameters.DistinctBy(parameter => parameter.Name).Count() != processor.Parameters.Count))
            throw DeliveryException.InvalidArgument("Duplicate ProcessorParameter passed to ProcessingConfiguration.");
        if (processing.Enabled && processing.Processors.Count is 0 or > MaxProcessors)
            throw DeliveryException.InvalidArgument($"A maximum of {MaxProcessors} and a minimum of 1 processor needs to be supplied when processing is enabled.");
        foreach (var type in Enum.GetValues<ProcessorType>())
        {
            if (processing.Processors.Count(processor => processor.Type == type) > 1)
                throw DeliveryException.InvalidArgument($"Cannot have more than 1 {type} processor.");
        }
        foreach (var processor in processing.Processors)
            Check(processor, destination);
        CheckTogether(processing, destination);
    }

    private static void Check(Processor processor, S3Destination destination)
    {
        switch (processor.Type)
        {
            case ProcessorType.Lambda:
                CheckLambda(processor);
                break;
            case ProcessorType.MetadataExtraction:
                CheckPartitioned(processor, destination);
                CheckExtraction(processor, destination);
                break;
            case ProcessorType.RecordDeAggregation:
                CheckPartitioned(processor, destination);
                CheckDeAggregation(processor);
                break;
            case ProcessorType.AppendDelimiterToRecord:
                break;
            case ProcessorType.Jq:
                CheckFilter(processor);
                break;
            case ProcessorType.Exec:
                if (processor[ProcessorParameters.ProgramName] is null)
                    throw DeliveryException.InvalidArgument("ProgramName is required when Exec processor is used.");
                break;
            case ProcessorType.Decompression:
                if (processor[ProcessorParameters.CompressionFormat] is not ("GZIP" or null))
                    throw DeliveryException.InvalidArgument("CompressionFormat for Decompression has to be GZIP");
                break;
            default:
                if (processor[ProcessorParameters.DataMessageExtraction]?.ToUpperInvariant() is not ("TRUE" or "FALSE"))
                    throw DeliveryException.InvalidArgument("Invalid parameter value for DataMessageExtraction. Allowed values are True and False.");
                break;
        }
    }

    private static void CheckLambda(Processor processor)
    {
        var arn = processor[ProcessorParameters.LambdaArn] ?? throw DeliveryException.InvalidArgument("LambdaArn is required when Lambda processor is used.");
        if (!LambdaArn().IsMatch(arn))
            throw DeliveryException.InvalidArgument("Invalid lambda ARN.");
        CheckNumber(processor[ProcessorParameters.NumberOfRetries], 0, MaxRetries, "Number of retries for lambda must be between 0 and 300.");
        CheckNumber(processor[ProcessorParameters.BufferSizeInMBs], 0.2, 3, "BufferSizeInMBs for lambda processor must be between 0.2 and 3.");
        CheckNumber(processor[ProcessorParameters.BufferIntervalInSeconds], 0, 900, "BufferIntervalInSeconds for lambda processor must be between 0 and 900.");
        if (processor[ProcessorParameters.BufferSizeInMBs] is null != processor[ProcessorParameters.BufferIntervalInSeconds] is null)
            throw DeliveryException.InvalidArgument("Both BufferSizeInMBs and BufferIntervalInSeconds are required to configure buffering for lambda processor.");
    }

    private static void CheckNumber(string? text, double min, double max, string message)
    {
        if (text is not null && (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < min || number > max))
            throw DeliveryException.InvalidArgument(message);
    }

    private static void CheckPartitioned(Processor processor, S3Destination destination)
    {
        if (!destination.IsPartitioned)
            throw DeliveryException.InvalidArgument($"class com.amazonaws.services.firehose.internal.model.{processor.Type}Processor can only be present when Dynamic Partitioning is enabled.");
    }

    private static void CheckExtraction(Processor processor, S3Destination destination)
    {
        if (processor[ProcessorParameters.JsonParsingEngine] != JqEngine)
            throw DeliveryException.InvalidArgument($"MetaDataExtraction JSON Parsing Engine has to be one of {JqEngine}");
        var query = processor[ProcessorParameters.MetadataExtractionQuery] ?? throw DeliveryException.InvalidArgument("MetadataExtractionQuery is required when MetadataExtraction processor is used.");
        try
        {
            using var program = JqProgram.Compile(query);
        }
        catch (JqSyntaxException fault)
        {
            throw DeliveryException.InvalidArgument($"MetadataExtractionQuery is not a valid JQ 1.6 expression: {fault.Message}");
        }
        var wanted = PrefixTemplate.Parse(destination.Prefix ?? "", "Prefix").Keys(PrefixPartKind.PartitionKeyFromQuery).ToList();
        if (QueryKeys.Of(query) is { } keys && keys.Except(wanted).Any())
            throw DeliveryException.InvalidArgument("MetaDataExtraction JQ Query can't contain keys that are not present in the S3 Prefix expression");
        if (QueryKeys.Of(query) is { } given && wanted.Except(given).Any())
            throw DeliveryException.InvalidArgument("S3 Prefix can't contain partitionKeyFromQuery keys that are not present in the MetaDataExtraction JQ Query");
    }

    private static void CheckFilter(Processor processor)
    {
        var filter = processor[ProcessorParameters.JqFilter] ?? throw DeliveryException.InvalidArgument("JqFilter is required when Jq processor is used.");
        try
        {
            using var program = JqProgram.Compile(filter);
        }
        catch (JqSyntaxException fault)
        {
            throw DeliveryException.InvalidArgument($"JqFilter is not a valid JQ 1.6 expression: {fault.Message}");
        }
    }

    private static void CheckDeAggregation(Processor processor)
    {
        if (processor[ProcessorParameters.SubRecordType] is not ("JSON" or "DELIMITED"))
            throw DeliveryException.InvalidArgument("SubRecordType has to be one of JSON, DELIMITED");
        if (processor[ProcessorParameters.SubRecordType] == "JSON")
            return;
        var delimiter = processor[ProcessorParameters.Delimiter] ?? throw DeliveryException.InvalidArgument("Delimiter should be present for DELIMITED");
        if (!Convert.TryFromBase64String(delimiter, new byte[delimiter.Length], out var length) || length == 0)
            throw DeliveryException.InvalidArgument("Delimiter must be a base64-encoded string.");
    }

    private static void CheckTogether(ProcessingConfiguration processing, S3Destination destination)
    {
        if (processing.Processors.Any(processor => processor.Type == ProcessorType.CloudWatchLogProcessing)
            && !processing.Processors.Any(processor => processor.Type == ProcessorType.Decompression))
            throw DeliveryException.InvalidArgument("CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor");
        if (processing.Enabled && destination.IsConverted && processing.Processors.Any(processor => processor.Type == ProcessorType.AppendDelimiterToRecord))
            throw DeliveryException.InvalidArgument("AppendDelimiterToRecord processor is not supported when data format conversion is enabled.");
    }

    private static Processor Complete(Processor processor, string roleArn)
    {
        var says = processor[ProcessorParameters.BufferSizeInMBs] is not null || processor[ProcessorParameters.BufferIntervalInSeconds] is not null;
        string? DefaultOf(string name) => name switch
        {
            ProcessorParameters.NumberOfRetries => "3",
            ProcessorParameters.RoleArn => roleArn,
            ProcessorParameters.BufferSizeInMBs when !says => "1",
            ProcessorParameters.BufferIntervalInSeconds when !says => "60",
            _ => null,
        };
        // A setting that stands twice stays so, for the rules to refuse.
        var known = LambdaParameters.SelectMany(name => processor.Parameters.Any(given => given.Name == name)
            ? processor.Parameters.Where(given => given.Name == name)
            : DefaultOf(name) is { } value ? [new ProcessorParameter(name, value)] : []);
        return processor with { Parameters = [.. known, .. processor.Parameters.Where(given => !LambdaParameters.Contains(given.Name))] };
    }

    [GeneratedRegex(@"\Aarn:[^:]*:lambda:[a-zA-Z0-9\-]+:[0-9]{12}:function:[a-zA-Z0-9\-_]{1,140}(:(\$LATEST|[a-zA-Z0-9\-_]+))?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LambdaArn();
}
