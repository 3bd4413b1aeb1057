using System.Net;

namespace Headrace.Client;

/// <summary>A shard was asked to take or give more than its share; later it will.</summary>
public sealed class ProvisionedThroughputExceededException(string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException("ProvisionedThroughputExceededException", message, statusCode, requestId);
