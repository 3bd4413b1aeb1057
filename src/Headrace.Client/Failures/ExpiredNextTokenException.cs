using System.Net;

namespace Headrace.Client;

/// <summary>A page of a list was asked for after more than five minutes.</summary>
public sealed class ExpiredNextTokenException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("ExpiredNextTokenException", message, statusCode, requestId);
