namespace Headrace.Streams;

/// <summary>What kind of fault a stream operation met; the server gives each AWS's type and status.</summary>
public enum StreamsFault
{
    ResourceNotFound,
    ResourceInUse,
    LimitExceeded,
    InvalidArgument,
    Validation,
    ExpiredIterator,
    ExpiredNextToken,
    ThroughputExceeded,
    AccessDenied,
}

/// <summary>A stream operation was refused, in AWS's words.</summary>
public sealed class StreamsException(StreamsFault fault, string message) : Exception(message)
{
    public StreamsFault Fault { get; } = fault;
}
