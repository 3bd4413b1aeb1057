using System.Net;

namespace Headrace.Client;

/// <summary>The key that a stream is encrypted with cannot be used: <see cref="KinesisException.ErrorType"/> says why.</summary>
public sealed class KeyServiceException(string errorType, string message, HttpStatusCode statusCode = HttpStatusCode.BadRequest, string? requestId = null)
    : KinesisException(errorType, message, statusCode, requestId);
