using System.Net;

namespace Headrace.Client;

/// <summary>The request as a whole breaks a rule of the service.</summary>
public sealed class ValidationException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("ValidationException", message, statusCode, requestId);
