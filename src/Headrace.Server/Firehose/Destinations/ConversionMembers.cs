using System.Text.Json;
using System.Text.Json.Serialization;
using Headrace.Delivery.Conversion;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Destinations;

/// <summary>Reads and writes DataFormatConversionConfiguration; faults come in AWS's order.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DataFormatConversionConfiguration))]
internal sealed partial class ConversionMembers : JsonSerializerContext
{
    private const int MinBlock = 64 * 1024 * 1024;
    private const int MinPage = 64 * 1024;
    private const int MinStripe = 8 * 1024 * 1024;
    private const int MinStride = 1000;
    private const int MaxText = 1024;

    public static DataFormatConversionSettings? Read(MemberReader? given)
    {
        if (given is null)
            return null;
        var output = given.Structure("OutputFormatConfiguration");
        var serializer = output?.Structure("Serializer");
        var parquet = ReadParquet(serializer?.Structure("ParquetSerDe"));
        var orc = ReadOrc(serializer?.Structure("OrcSerDe"));
        var input = given.Structure("InputFormatConfiguration");
        var deserializer = input?.Structure("Deserializer");
        var openX = ReadOpenX(deserializer?.Structure("OpenXJsonSerDe"));
        var hive = ReadHive(deserializer?.Structure("HiveJsonSerDe"));
        return new DataFormatConversionSettings
        {
            Output = output is null ? null : new OutputFormatConfiguration { Serializer = serializer is null ? null : new Serializer { ParquetSerDe = parquet, OrcSerDe = orc } },
            Input = input is null ? null : new InputFormatConfiguration { Deserializer = deserializer is null ? null : new Deserializer { OpenXJsonSerDe = openX, HiveJsonSerDe = hive } },
            Schema = ReadSchema(given.Structure("SchemaConfiguration")),
            Enabled = given.Boolean("Enabled"),
        };
    }

    public static void Write(Utf8JsonWriter writer, DataFormatConversionConfiguration? conversion)
    {
        writer.WritePropertyName(nameof(DataFormatConversionConfiguration));
        JsonSerializer.Serialize(writer, conversion ?? new DataFormatConversionConfiguration { Enabled = false }, Default.DataFormatConversionConfiguration);
    }

    private static ParquetSerDe? ReadParquet(MemberReader? given) => given is null ? null : new ParquetSerDe
    {
        MaxPaddingBytes = (int?)given.Integer("MaxPaddingBytes", min: 0),
        BlockSizeBytes = (int?)given.Integer("BlockSizeBytes", min: MinBlock),
        PageSizeBytes = (int?)given.Integer("PageSizeBytes", min: MinPage),
        Compression = given.String("Compression", oneOf: ["SNAPPY", "GZIP", "UNCOMPRESSED"]),
        WriterVersion = given.String("WriterVersion", oneOf: ["V1", "V2"]),
        EnableDictionaryCompression = given.Boolean("EnableDictionaryCompression"),
    };

    private static OrcSerDe? ReadOrc(MemberReader? given) => given is null ? null : new OrcSerDe
    {
        DictionaryKeyThreshold = given.Double("DictionaryKeyThreshold", 0, 1),
        BlockSizeBytes = (int?)given.Integer("BlockSizeBytes", min: MinBlock),
        RowIndexStride = (int?)given.Integer("RowIndexStride", min: MinStride),
        PaddingTolerance = given.Double("PaddingTolerance", 0, 1),
        StripeSizeBytes = (int?)given.Integer("StripeSizeBytes", min: MinStripe),
        Compression = given.String("Compression", oneOf: ["ZLIB", "SNAPPY", "NONE"]),
        FormatVersion = given.String("FormatVersion", oneOf: ["V0_11", "V0_12"]),
        BloomFilterFalsePositiveProbability = given.Double("BloomFilterFalsePositiveProbability", 0, 1),
        BloomFilterColumns = given.Strings("BloomFilterColumns", minLength: 1, maxLength: MaxText, pattern: FirehosePatterns.NoSpace),
        EnablePadding = given.Boolean("EnablePadding"),
    };

    private static OpenXJsonSerDe? ReadOpenX(MemberReader? given) => given is null ? null : new OpenXJsonSerDe
    {
        ColumnToJsonKeyMappings = given.Map("ColumnToJsonKeyMappings", maxKey: MaxText, minValue: 1, maxValue: MaxText, keyPattern: FirehosePatterns.NoSpace, valuePattern: FirehosePatterns.NotBlank)?.ToDictionary(StringComparer.Ordinal),
        CaseInsensitive = given.Boolean("CaseInsensitive"),
        ConvertDotsInJsonKeysToUnderscores = given.Boolean("ConvertDotsInJsonKeysToUnderscores"),
    };

    private static HiveJsonSerDe? ReadHive(MemberReader? given) => given is null ? null : new HiveJsonSerDe
    {
        TimestampFormats = given.Strings("TimestampFormats", minLength: 1, maxLength: MaxText, pattern: FirehosePatterns.NotBlank),
    };

    private static SchemaConfiguration? ReadSchema(MemberReader? given)
    {
        if (given is null)
            return null;
        string? Text(string member) => given.String(member, min: 1, max: MaxText, pattern: FirehosePatterns.NoSpace);
        return new SchemaConfiguration
        {
            VersionId = Text("VersionId"),
            CatalogId = Text("CatalogId"),
            DatabaseName = Text("DatabaseName"),
            RoleARN = Text("RoleARN"),
            Region = Text("Region"),
            TableName = Text("TableName"),
        };
    }
}
