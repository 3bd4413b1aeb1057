using System.Text.Json;

namespace Headrace.Client;

/// <summary>Reads what a service answered instead of what was asked for.</summary>
internal static class ServiceError
{
    public static KinesisException Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var requestId = response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.FirstOrDefault() : null;
        string? type = null, message = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                type = document.RootElement.OptionalString("__type");
                message = document.RootElement.OptionalString("message") ?? document.RootElement.OptionalString("Message");
            }
        }
        catch (JsonException)
        {
            // A proxy's page or an empty body; the status tells what there is to tell.
        }
        // "com.amazonaws.kinesis#ResourceNotFoundException" and the bare name are both in use.
        type = type?[(type.LastIndexOf('#') + 1)..] ?? "HTTP" + (int)response.StatusCode;
        message ??= $"the service answered {(int)response.StatusCode} {response.ReasonPhrase}";
        var failure = Of(type, message, response.StatusCode, requestId);
        failure.AnsweredAt = response.Headers.Date;
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
}
