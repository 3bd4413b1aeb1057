using System.Net.Sockets;

namespace Headrace.Client;

/// <summary>Nobody answered at the endpoint, or the connection broke before the answer was whole. The message is one line.</summary>
public sealed class EndpointUnreachableException(Uri endpoint, string reason, Exception? cause = null)
    : Exception($"cannot reach {endpoint.GetLeftPart(UriPartial.Authority)}: {reason}", cause)
{
    /// <summary>The address.</summary>
    public Uri Endpoint { get; } = endpoint;

    /// <summary>There was somebody, but no answer in time.</summary>
    internal bool IsTimeout { get; } = cause is OperationCanceledException or TimeoutException;

    /// <summary>Nobody listens at an address of this machine.</summary>
    internal bool IsRefusedHere { get; } =
        endpoint.IsLoopback && cause?.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
}
