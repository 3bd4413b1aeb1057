using System.Net;

namespace Headrace.Client;

/// <summary>A delivery stream was changed by somebody else since its version was read.</summary>
public sealed class ConcurrentModificationException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("ConcurrentModificationException", message, statusCode, requestId);
