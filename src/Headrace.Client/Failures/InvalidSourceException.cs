using System.Net;

namespace Headrace.Client;

/// <summary>Records were put directly into a delivery stream that has another source.</summary>
public sealed class InvalidSourceException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("InvalidSourceException", message, statusCode, requestId);
