namespace Headrace.Delivery;

/// <summary>What kind of fault a delivery operation met; the server gives each AWS's type and status.</summary>
public enum DeliveryFault
{
    ResourceNotFound,
    ResourceInUse,
    LimitExceeded,
    InvalidArgument,
    ConcurrentModification,
    Unavailable,

    /// <summary>What an operation of Kinesis is not for.</summary>
    Validation,
}

/// <summary>A delivery operation was refused, in AWS's words.</summary>
public sealed class DeliveryException(DeliveryFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public DeliveryFault Fault { get; } = fault;

    internal static DeliveryException InvalidArgument(string message) => new(DeliveryFault.InvalidArgument, message);
}
