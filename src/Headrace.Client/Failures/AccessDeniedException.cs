using System.Net;

namespace Headrace.Client;

/// <summary>The caller may not do this.</summary>
public sealed class AccessDeniedException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("AccessDeniedException", message, statusCode, requestId);
