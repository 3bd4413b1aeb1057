using System.Text.Json;
using System.Text.Unicode;
using Headrace.ControlPlane;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.AwsJson;

/// <summary>One request of an AWS JSON 1.1 service: its body read whole, its caller known.</summary>
internal sealed class AwsJsonRequest(HttpContext http, Caller caller, ReadOnlyMemory<byte> body)
{
    public HttpContext Http { get; } = http;

    public Caller Caller { get; } = caller;

    public AccountScope Scope => Caller.Scope;

    /// <summary>The body's bytes, valid until the operation completes.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Parses the body for the operations that aren't hot.</summary>
    /// <exception cref="WireException">SerializationException: no JSON object, or text in it that is no Unicode.</exception>
    public MemberReader ReadMembers()
    {
        try
        {
            var json = Body.Length == 0 ? "{}"u8.ToArray() : Body;
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw WireException.Serialization("Start of structure or map found where not expected.");
            RequireUnicode(json.Span);
            return MemberReader.Root(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw WireException.Serialization("The request body is not valid JSON.");
        }
    }

    /// <summary>Answers 200 with a JSON object.</summary>
    public async ValueTask RespondAsync(Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = AwsJsonEncoding.Relaxed }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        await RespondAsync(buffer.WrittenMemory);
    }

    /// <summary>Answers 200 with bytes of JSON.</summary>
    public ValueTask RespondAsync(ReadOnlyMemory<byte> json)
    {
        Begin(json.Length);
        return SendAsync(json);
    }

    /// <summary>Begins to answer 200 with so many bytes of JSON, which <see cref="SendAsync"/> sends piece by piece.</summary>
    public void Begin(long length)
    {
        Http.Response.ContentType = AwsJsonEncoding.ContentType;
        Http.Response.ContentLength = length;
    }

    /// <summary>Sends the next piece; completes when the connection takes more.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> piece) => await Http.Response.BodyWriter.WriteAsync(piece, Aborted);

    /// <summary>Answers 200 without a body, as operations without output do.</summary>
    public void RespondEmpty()
    {
        Http.Response.ContentType = AwsJsonEncoding.ContentType;
        Http.Response.ContentLength = 0;
    }

    /// <summary>JSON's grammar leaves open whether text is valid UTF-8 and its surrogates come in pairs; .NET finds out when it reads it.</summary>
    private static void RequireUnicode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && (reader.ValueIsEscaped || !Utf8.IsValid(reader.ValueSpan)))
                    reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            throw WireException.Serialization("The request body is not valid JSON.");
        }
    }
}
