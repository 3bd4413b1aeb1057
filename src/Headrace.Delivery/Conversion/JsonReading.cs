namespace Headrace.Delivery.Conversion;

/// <summary>How a deserializer understands JSON, and the JSON that is being read. Not thread-safe.</summary>
internal sealed class JsonReading
{
    public JsonReading(Deserializer reader)
    {
        IsOpenX = reader.OpenXJsonSerDe is not null;
        IgnoresCase = reader.OpenXJsonSerDe?.CaseInsensitive ?? true;
        JoinsDots = reader.OpenXJsonSerDe?.ConvertDotsInJsonKeysToUnderscores ?? false;
        Mappings = reader.OpenXJsonSerDe?.ColumnToJsonKeyMappings ?? new Dictionary<string, string>();
        Timestamps = new TimestampReading(IsOpenX, reader.HiveJsonSerDe?.TimestampFormats ?? []);
    }

    /// <summary>OpenX takes texts that hold numbers and booleans, and whole structures as text; Hive takes neither.</summary>
    public bool IsOpenX { get; }

    public bool IgnoresCase { get; }

    /// <summary>Whether a key's dots stand for underscores.</summary>
    public bool JoinsDots { get; }

    /// <summary>The keys of columns that are called otherwise in the records.</summary>
    public IReadOnlyDictionary<string, string> Mappings { get; }

    public TimestampReading Timestamps { get; }

    /// <summary>The bytes that a reader is in, so that a whole structure can be taken as it is written.</summary>
    public ReadOnlyMemory<byte> Json { get; set; }
}
