using System.Net;

namespace Headrace.Client;

/// <summary>There are too many of something, or of this call.</summary>
public sealed class LimitExceededException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("LimitExceededException", message, statusCode, requestId);
