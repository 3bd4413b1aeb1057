using System.Text.Json;
using System.Text.Unicode;
using Headrace.ControlPlane;
using Headrace.Server.AwsCbor;
using Headrace.Server.Faults;
using Headrace.Streams;
using Headrace.Streams.Resources;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.AwsJson;

/// <summary>One request of an AWS JSON 1.1 service: its body read whole, its caller known.</summary>
/// <param name="http">The request and its answer.</param>
/// <param name="caller">Who calls.</param>
/// <param name="body">The body's bytes.</param>
/// <param name="format">How the body is written, and so the answer.</param>
/// <param name="service">The service called.</param>
/// <param name="operation">The operation called.</param>
internal sealed class AwsJsonRequest(HttpContext http, Caller caller, ReadOnlyMemory<byte> body, WireFormat format, AwsJsonService service, string operation)
{
    public HttpContext Http { get; } = http;

    public Caller Caller { get; } = caller;

    public AccountScope Scope => Caller.Scope;

    /// <summary>What the body is written in; the hot operations read and write it themselves.</summary>
    public WireFormat Format { get; } = format;

    /// <summary>The body's bytes, valid until the operation completes.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>The failures that the operation is to rehearse; null: none.</summary>
    public OperationFaults? Faults { get; init; }

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Checks that the caller may do this to a stream, which may not be there.</summary>
    /// <exception cref="StreamsException">AccessDenied.</exception>
    public void RequireAccess(AccountScope scope, string streamName) => service.Access?.Require(Caller, operation, scope, streamName);

    /// <summary>Checks that the caller may do this to a stream or consumer.</summary>
    /// <exception cref="StreamsException">AccessDenied.</exception>
    public void RequireAccess(StreamResource resource) => service.Access?.Require(Caller, operation, resource);

    /// <summary>Parses the body for the operations that aren't hot.</summary>
    /// <exception cref="WireException">SerializationException: no JSON object (nor the same in CBOR), or text in it that is no Unicode.</exception>
    public MemberReader ReadMembers()
    {
        if (Format == WireFormat.Json)
            return ReadMembers(Body);
        using var json = new PooledBuffer(Body.Length * 2);
        CborToJson.Transcode(Body.Span, service.CborMembers!, json);
        return ReadMembers(json.WrittenMemory);
    }

    /// <summary>Answers 200 with a JSON object, or the same in CBOR.</summary>
    public async ValueTask RespondAsync(Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = AwsJsonEncoding.Relaxed }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        await RespondJsonAsync(buffer);
    }

    /// <summary>Answers 200 with JSON that is written, or the same in CBOR.</summary>
    public async ValueTask RespondJsonAsync(PooledBuffer json)
    {
        if (Format == WireFormat.Json)
        {
            await RespondAsync(json.WrittenMemory);
            return;
        }
        using var cbor = new PooledBuffer(json.Length);
        JsonToCbor.Transcode(json.WrittenSpan, service.CborMembers!, cbor);
        await RespondAsync(cbor.WrittenMemory);
    }

    /// <summary>Answers 200 with bytes of the request's format.</summary>
    public ValueTask RespondAsync(ReadOnlyMemory<byte> body)
    {
        Begin(body.Length);
        return SendAsync(body);
    }

    /// <summary>Begins to answer 200 with so many bytes of the request's format, which <see cref="SendAsync"/> sends piece by piece.</summary>
    public void Begin(long length)
    {
        Http.Response.ContentType = AwsJsonEncoding.ContentTypeOf(Format);
        Http.Response.ContentLength = length;
    }

    /// <summary>Sends the next piece; completes when the connection takes more.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> piece) => await Http.Response.BodyWriter.WriteAsync(piece, Aborted);

    /// <summary>Answers 200 without a body, as operations without output do.</summary>
    public void RespondEmpty()
    {
        Http.Response.ContentType = AwsJsonEncoding.ContentTypeOf(Format);
        Http.Response.ContentLength = 0;
    }

    private MemberReader ReadMembers(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw WireException.Serialization("Start of structure or map found where not expected.");
            RequireUnicode(json.Span);
            return MemberReader.Root(document.RootElement.Clone(), service.OrderOf(operation));
        }
        catch (JsonException)
        {
            throw WireException.Serialization("");
        }
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
            throw WireException.Serialization("");
        }
    }
}
