using System.Text;
using System.Text.Json;
using Headrace.Protocol.Cbor;

namespace Headrace.Client;

/// <summary>Reads what a service answered instead of what was asked for.</summary>
internal static class ServiceError
{
    public static KinesisException Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var requestId = response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.FirstOrDefault() : null;
        var format = BodyFormats.Of(response);
        var (type, message) = format == BodyFormat.Cbor ? ReadCbor(body.Span) : ReadJson(body);
        // "com.amazonaws.kinesis#ResourceNotFoundException" and the bare name are both in use.
        type = type?[(type.LastIndexOf('#') + 1)..] ?? "HTTP" + (int)response.StatusCode;
        message ??= $"the service answered {(int)response.StatusCode} {response.ReasonPhrase}";
        var failure = Of(type, message, response.StatusCode, requestId);
        (failure.AnsweredAt, failure.AnsweredIn) = (response.Headers.Date, format);
        return failure;
    }

    /// <summary>The exception that stands for an error of this name.</summary>
    public static KinesisException Of(string type, string message, System.Net.HttpStatusCode status, string? requestId) => type switch
    {
        "AccessDeniedException" => new AccessDeniedException(message, status, requestId),
        "ConcurrentModificationException" => new ConcurrentModificationException(message, status, requestId),
        "ExpiredIteratorException" => new ExpiredIteratorException(message, status, requestId),
        "ExpiredNextTokenException" => new ExpiredNextTokenException(message, status, requestId),
        "InvalidArgumentException" => new InvalidArgumentException(message, status, requestId),
        "LimitExceededException" => new LimitExceededException(message, status, requestId),
        "ProvisionedThroughputExceededException" => new ProvisionedThroughputExceededException(message, status, requestId),
        "ResourceInUseException" => new ResourceInUseException(message, status, requestId),
        "ResourceNotFoundException" => new ResourceNotFoundException(message, status, requestId),
        "ValidationException" => new ValidationException(message, status, requestId),
        "InvalidSourceException" => new InvalidSourceException(message, status, requestId),
        _ when type.StartsWith("KMS", StringComparison.Ordinal) || type == "InvalidKMSResourceException" => new KeyServiceException(type, message, status, requestId),
        _ => new KinesisException(type, message, status, requestId),
    };

    private static (string? Type, string? Message) ReadJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement;
            return error.ValueKind == JsonValueKind.Object
                ? (error.OptionalString("__type"), error.OptionalString("message") ?? error.OptionalString("Message"))
                : (null, null);
        }
        catch (JsonException)
        {
            // A proxy's page or an empty body; the status tells what there is to tell.
            return (null, null);
        }
    }

    private static (string? Type, string? Message) ReadCbor(ReadOnlySpan<byte> body)
    {
        string? type = null, message = null;
        var reader = new CborTokenReader(body);
        if (!reader.TryRead() || reader.Token != CborToken.Map)
            return (null, null);
        var members = reader.Container;
        while (reader.TryReadNext(ref members, out var ended) && !ended && reader.Token == CborToken.Text)
        {
            var name = reader.Content;
            // An error's members are texts; what lies behind one that is not is left unread.
            if (!reader.TryRead() || reader.Token != CborToken.Text || reader.IsIndefinite)
                break;
            if (name.SequenceEqual("__type"u8))
                type = Encoding.UTF8.GetString(reader.Content);
            else if (name.SequenceEqual("message"u8) || name.SequenceEqual("Message"u8))
                message = Encoding.UTF8.GetString(reader.Content);
        }
        return (type, message);
    }
}
