using System.Net;

namespace Headrace.Client;

/// <summary>An error that the service (Kinesis or Firehose) answered; those that programs tell apart have classes of their own.</summary>
public class KinesisException : Exception
{
    /// <summary>An error of the given name.</summary>
    public KinesisException(string errorType, string message, HttpStatusCode statusCode, string? requestId)
        : base(message)
    {
        (ErrorType, StatusCode, RequestId) = (errorType, statusCode, requestId);
        IsThrottling = errorType is "ProvisionedThroughputExceededException" or "LimitExceededException"
            or "ThrottlingException" or "KMSThrottlingException" or "RequestLimitExceeded" || statusCode == HttpStatusCode.TooManyRequests;
        IsTransient = (int)statusCode >= 500
            || errorType is "InternalFailure" or "ServiceUnavailableException" or "ServiceUnavailable" or "RequestTimeout" or "RequestTimeoutException";
    }

    /// <summary>AWS's error name without its namespace, such as <c>ResourceNotFoundException</c>.</summary>
    public string ErrorType { get; }

    /// <summary>The answer's status; of a record refused among others, 200.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>What the service calls the request in its own log.</summary>
    public string? RequestId { get; }

    /// <summary>The service asked for a slower pace; the same call succeeds later.</summary>
    public bool IsThrottling { get; }

    /// <summary>The service failed for reasons of its own; the same call may succeed later.</summary>
    public bool IsTransient { get; }

    /// <summary>The service's time when it answered.</summary>
    internal DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The format that the answer came in.</summary>
    internal BodyFormat AnsweredIn { get; set; }
}
