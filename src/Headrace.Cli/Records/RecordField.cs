using System.Text;
using System.Text.Json;

namespace Headrace.Cli.Records;

/// <summary>Finds a top-level member of a record without building the record.</summary>
internal static class RecordField
{
    /// <summary>The member's value as text (strings unescaped, other values as written); null when the record has none, or is no object.</summary>
    public static string? Find(ReadOnlySpan<byte> record, string name)
    {
        var reader = new Utf8JsonReader(record);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals(name);
                reader.Read();
                if (found)
                    return ValueOf(ref reader, record);
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return null;
        }
        return null;
    }

    private static string? ValueOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(record[start..(int)reader.BytesConsumed]);
    }
}
