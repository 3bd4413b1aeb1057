using System.Net;

namespace Headrace.Client;

/// <summary>A member of the request has a value that the service does not take.</summary>
public sealed class InvalidArgumentException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("InvalidArgumentException", message, statusCode, requestId);
