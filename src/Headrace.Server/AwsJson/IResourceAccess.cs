using Headrace.ControlPlane;
using Headrace.Streams.Resources;

namespace Headrace.Server.AwsJson;

/// <summary>Whether a caller may carry out an operation on a stream or consumer.</summary>
internal interface IResourceAccess
{
    /// <exception cref="Streams.StreamsException">AccessDenied.</exception>
    void Require(Caller caller, string operation, AccountScope scope, string streamName);

    /// <exception cref="Streams.StreamsException">AccessDenied.</exception>
    void Require(Caller caller, string operation, StreamResource resource);
}
