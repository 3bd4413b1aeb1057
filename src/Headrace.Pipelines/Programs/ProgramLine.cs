using System.Buffers;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>Records as a program's lines, and its lines as records.</summary>
internal static class ProgramLine
{
    private const string ErrorMember = "$error";

    /// <summary>A record on one line: JSON has its newlines between its parts only, where a blank does as well.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (!json.Span.ContainsAny((byte)'\n', (byte)'\r'))
            return json;
        var line = json.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }

    /// <summary>
    /// What an answer says: an array is its elements, null is nothing, an object with the member <c>$error</c> alone refuses the record, and
    /// everything else is one record.
    /// </summary>
    /// <returns>Null, or why the record fails.</returns>
    public static string? Read(in ReadOnlySequence<byte> answer, RecordArena arena, List<ReadOnlyMemory<byte>> records)
    {
        ReadOnlyMemory<byte> json = arena.Keep(answer.IsSingleSegment ? answer.FirstSpan : answer.ToArray());
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 256 });
            if (!reader.Read())
                return "the program answered an empty line";
            if (reader.TokenType == JsonTokenType.StartArray)
                return ReadElements(json, ref reader, records);
            if (reader.TokenType == JsonTokenType.StartObject && Error(reader) is { } error)
                return error;
            var isNothing = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            ExpectEnd(ref reader);
            if (!isNothing)
                records.Add(json);
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return $"the program answered no JSON: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static string? ReadElements(ReadOnlyMemory<byte> json, ref Utf8JsonReader reader, List<ReadOnlyMemory<byte>> records)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            records.Add(json[start..(int)reader.BytesConsumed]);
        }
        ExpectEnd(ref reader);
        return null;
    }

    private static string? Error(Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(ErrorMember) || !reader.Read())
            return null;
        var reason = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? reason ?? "the program refused it" : null;
    }

    private static void ExpectEnd(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            // Anything behind the value throws.
        }
    }
}
