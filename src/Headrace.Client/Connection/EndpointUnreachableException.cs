namespace Headrace.Client;

/// <summary>Nobody answered at the endpoint, or the connection broke before the answer was whole. The message is one line.</summary>
public sealed class EndpointUnreachableException(Uri endpoint, string reason, Exception? cause = null)
    : Exception($"cannot reach {endpoint.GetLeftPart(UriPartial.Authority)}: {reason}", cause)
{
    public Uri Endpoint { get; } = endpoint;
}
