using System.Net;

namespace Headrace.Client;

/// <summary>The resource exists already, or is in a state that does not allow this.</summary>
public sealed class ResourceInUseException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("ResourceInUseException", message, statusCode, requestId);
