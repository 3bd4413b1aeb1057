using System.Buffers;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Conversion;

/// <summary>What AWS demands of format conversion, in its order and words.</summary>
internal static class ConversionRules
{
    /// <summary>The letters that AWS doesn't know in patterns of times.</summary>
    private static readonly SearchValues<char> NoLetters = SearchValues.Create("CIJPRTUVbfijloprt");

    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static void Check(S3Destination destination)
    {
        if (destination.Conversion is not { Enabled: true } conversion)
            return;
        if (destination.Compression != CompressionFormat.Uncompressed)
        {
            throw DeliveryException.InvalidArgument(
                "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled. To enable compression within the "
                + "converted output format, set the appropriate serialization option in the output format configuration.");
        }
        if (destination.BufferMegabytes < S3Destination.MinLargeBufferMegabytes)
            throw DeliveryException.InvalidArgument($"BufferingHints.SizeInMBs must be at least {S3Destination.MinLargeBufferMegabytes} when data format conversion is enabled.");
        CheckReader(conversion.InputFormatConfiguration);
        CheckWriter(conversion.OutputFormatConfiguration);
        CheckSchema(conversion.SchemaConfiguration);
    }

    private static void CheckReader(InputFormatConfiguration? input)
    {
        if (input is null)
            throw DeliveryException.InvalidArgument("InputFormatConfiguration must not be null");
        if (input.Deserializer is not { } reader || (reader.OpenXJsonSerDe is null && reader.HiveJsonSerDe is null))
            throw DeliveryException.InvalidArgument("Deserializer must not be null");
        if (reader.HiveJsonSerDe?.TimestampFormats?.FirstOrDefault(format => !TimestampReading.IsValid(format)) is { } unknown)
        {
            throw DeliveryException.InvalidArgument(HasNoMeaning(unknown)
                ? $"One or more SerDe options are invalid for org.apache.hcatalog.data.JsonSerDe: [Key: timestamp.formats Value: {unknown}]"
                : $"HiveJsonSerDe.TimestampFormats: {unknown} is not a pattern that timestamps can be read by.");
        }
        if (reader.OpenXJsonSerDe is not null && reader.HiveJsonSerDe is not null)
            throw DeliveryException.InvalidArgument("More than one deserializer specified. Only one may be chosen.");
    }

    /// <summary>Whether AWS refuses a pattern too; others are ours alone to refuse.</summary>
    private static bool HasNoMeaning(string pattern) => pattern.Split('\'').Where((_, part) => part % 2 == 0).Any(text => text.AsSpan().ContainsAny(NoLetters));

    private static void CheckWriter(OutputFormatConfiguration? output)
    {
        if (output is null)
            throw DeliveryException.InvalidArgument("OutputFormatConfiguration must not be null");
        if (output.Serializer is not { } writer || (writer.ParquetSerDe is null && writer.OrcSerDe is null))
            throw DeliveryException.InvalidArgument("Serializer must not be null");
        if (writer.ParquetSerDe is not null && writer.OrcSerDe is not null)
            throw DeliveryException.InvalidArgument("More than one serializer specified. Only one may be chosen.");
        if (writer.OrcSerDe is not null)
            throw DeliveryException.InvalidArgument("OrcSerDe is not supported: records are converted to Parquet only.");
    }

    private static void CheckSchema(SchemaConfiguration? schema)
    {
        if (schema is null)
            throw DeliveryException.InvalidArgument("SchemaConfiguration must not be null");
        if (string.IsNullOrEmpty(schema.RoleARN))
            throw DeliveryException.InvalidArgument("SchemaConfiguration.RoleArn must not be null or empty");
        if (string.IsNullOrEmpty(schema.DatabaseName))
            throw DeliveryException.InvalidArgument("SchemaConfiguration.DatabaseName must not be null or empty");
        if (string.IsNullOrEmpty(schema.TableName))
            throw DeliveryException.InvalidArgument("SchemaConfiguration.TableName must not be null or empty");
    }
}
