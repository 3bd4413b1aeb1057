using System.Text.Json;
using System.Text.Unicode;

namespace Headrace.Delivery.Processing;

/// <summary>Takes JSON objects apart that stand one after another in a record.</summary>
internal static class JsonRecords
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1_000 };

    /// <summary>True where a record is one JSON value.</summary>
    public static bool IsOne(ReadOnlySpan<byte> data)
    {
        if (!Utf8.IsValid(data))
            return false;
        var reader = new Utf8JsonReader(data, Deep);
        try
        {
            var isThere = false;
            while (reader.Read())
                isThere = true;
            return isThere;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Adds each object's place; false where the record is not JSON objects alone.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> data, List<Range> places)
    {
        try
        {
            var offset = 0;
            while (offset < data.Length)
            {
                if (data[offset] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                {
                    offset++;
                    continue;
                }
                if (data[offset] != (byte)'{')
                    return false;
                var reader = new Utf8JsonReader(data[offset..]);
                reader.Read();
                reader.Skip();
                var length = (int)reader.BytesConsumed;
                places.Add(new Range(offset, offset + length));
                offset += length;
            }
            return places.Count > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
