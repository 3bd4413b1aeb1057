using System.Text.Json;
using Headrace.Delivery.Processing;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Destinations;

/// <summary>Reads and writes ProcessingConfiguration.</summary>
internal static class ProcessingMembers
{
    private const int MaxValueLength = 5120;

    // Both in the order in which AWS lists them.
    private static readonly string[] Types = ["Decompression", "Lambda", "RecordDeAggregation", "MetadataExtraction", "AppendDelimiterToRecord", "CloudWatchLogProcessing"];

    private static readonly string[] Names =
    [
        ProcessorParameters.DataMessageExtraction,
        ProcessorParameters.NumberOfRetries,
        ProcessorParameters.Delimiter,
        ProcessorParameters.RoleArn,
        ProcessorParameters.JsonParsingEngine,
        ProcessorParameters.SubRecordType,
        ProcessorParameters.MetadataExtractionQuery,
        ProcessorParameters.BufferIntervalInSeconds,
        ProcessorParameters.LambdaArn,
        ProcessorParameters.BufferSizeInMBs,
        ProcessorParameters.CompressionFormat,
    ];

    // Headrace's own, which AWS's messages don't list.
    private static readonly string[] OwnTypes = [nameof(ProcessorType.Jq), nameof(ProcessorType.Exec)];
    private static readonly string[] OwnNames = [ProcessorParameters.JqFilter, ProcessorParameters.ProgramName];

    public static ProcessingConfiguration? Read(MemberReader? given)
    {
        if (given is null)
            return null;
        var processors = new List<Processor>();
        foreach (var processor in given.Structures("Processors") ?? [])
        {
            var type = OneOf(processor, "Type", Types, OwnTypes);
            var parameters = (processor.Structures("Parameters") ?? []).Select(ReadParameter).ToList();
            if (Enum.TryParse<ProcessorType>(type, out var known))
                processors.Add(new Processor(known, parameters));
        }
        return new ProcessingConfiguration(given.Boolean("Enabled") ?? false, processors);
    }

    public static void Write(Utf8JsonWriter writer, ProcessingConfiguration? processing)
    {
        writer.WriteStartObject("ProcessingConfiguration");
        writer.WriteBoolean("Enabled", processing?.Enabled ?? false);
        writer.WriteStartArray("Processors");
        foreach (var processor in processing?.Processors ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("Type", processor.Type.ToString());
            writer.WriteStartArray("Parameters");
            foreach (var parameter in processor.Parameters)
            {
                writer.WriteStartObject();
                writer.WriteString("ParameterName", parameter.Name);
                writer.WriteString("ParameterValue", parameter.Value);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static ProcessorParameter ReadParameter(MemberReader parameter) => new(
        OneOf(parameter, "ParameterName", Names, OwnNames) ?? "",
        parameter.String("ParameterValue", required: true, min: 1, max: MaxValueLength, pattern: FirehosePatterns.NotBlank) ?? "");

    private static string? OneOf(MemberReader given, string member, string[] aws, string[] own) =>
        given.String(member, required: true, oneOf: own.Contains(given.String(member)) ? own : aws);
}
