using System.Text.Json;
using Headrace.Server.AwsJson;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console;

/// <summary>Writes the API's answers.</summary>
internal static class ConsoleJson
{
    /// <summary>Answers with a JSON object.</summary>
    public static async Task RespondAsync(HttpContext http, Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new PooledBuffer();
        Write(buffer, writeMembers);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }

    /// <summary>Writes a JSON object, in one line.</summary>
    public static void Write(PooledBuffer buffer, Action<Utf8JsonWriter> writeMembers)
    {
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = AwsJsonEncoding.Relaxed });
        writer.WriteStartObject();
        writeMembers(writer);
        writer.WriteEndObject();
    }

    /// <summary>A time as milliseconds since 1970.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, string member, DateTimeOffset? time)
    {
        if (time is { } known)
            writer.WriteNumber(member, known.ToUnixTimeMilliseconds());
        else
            writer.WriteNull(member);
    }

    /// <summary>A number that there may not be.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string member, long? value)
    {
        if (value is { } known)
            writer.WriteNumber(member, known);
        else
            writer.WriteNull(member);
    }
}
