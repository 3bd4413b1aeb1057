using System.Net;

namespace Headrace.Client;

/// <summary>An error that the service (Kinesis or Firehose) answered.</summary>
public sealed class KinesisException(string errorType, string message, HttpStatusCode statusCode, string? requestId)
    : Exception(message)
{
    /// <summary>AWS's error name without its namespace, such as <c>ResourceNotFoundException</c>.</summary>
    public string ErrorType { get; } = errorType;

    public HttpStatusCode StatusCode { get; } = statusCode;

    public string? RequestId { get; } = requestId;

    /// <summary>The service asked for a slower pace; the same call succeeds later.</summary>
    public bool IsThrottling { get; } = errorType is "ProvisionedThroughputExceededException" or "LimitExceededException"
        or "ThrottlingException" or "KMSThrottlingException" or "RequestLimitExceeded" || statusCode == HttpStatusCode.TooManyRequests;

    /// <summary>The service failed for reasons of its own; the same call may succeed later.</summary>
    public bool IsTransient { get; } = (int)statusCode >= 500
        || errorType is "InternalFailure" or "ServiceUnavailableException" or "ServiceUnavailable" or "RequestTimeout" or "RequestTimeoutException";
}
