using System.Net;

namespace Headrace.Client;

/// <summary>There is no such stream, shard or consumer.</summary>
public sealed class ResourceNotFoundException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("ResourceNotFoundException", message, statusCode, requestId);
