using System.Net;

namespace Headrace.Client;

/// <summary>A shard iterator was used after more than five minutes.</summary>
public sealed class ExpiredIteratorException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("ExpiredIteratorException", message, statusCode, requestId);
