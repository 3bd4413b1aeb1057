using System.Text.Json;

namespace Headrace.Cli.Demo;

/// <summary>Takes a delivered object apart: Firehose writes JSON records one after another with nothing between them.</summary>
internal static class DeliveredRecords
{
    /// <summary>Calls <paramref name="each"/> with every top-level JSON value of <paramref name="content"/>, in order.</summary>
    /// <exception cref="JsonException">The object holds something that is not JSON.</exception>
    public static void Split(ReadOnlyMemory<byte> content, Action<ReadOnlyMemory<byte>> each)
    {
        var start = 0;
        while (NextValue(content.Span[start..], out var length, out var leading))
        {
            each(content.Slice(start + leading, length));
            start += leading + length;
        }
    }

    private static bool NextValue(ReadOnlySpan<byte> rest, out int length, out int leading)
    {
        var reader = new Utf8JsonReader(rest, new JsonReaderOptions { AllowMultipleValues = true });
        length = 0;
        leading = 0;
        if (!reader.Read())
            return false;
        leading = (int)reader.TokenStartIndex;
        reader.Skip();
        length = (int)reader.BytesConsumed - leading;
        return true;
    }
}
