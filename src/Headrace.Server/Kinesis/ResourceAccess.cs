using Headrace.ControlPlane;
using Headrace.Server.AwsJson;
using Headrace.Streams;
using Headrace.Streams.Resources;

namespace Headrace.Server.Kinesis;

/// <summary>Holds requests against the resource policies of streams and consumers, for callers that signatures have made known.</summary>
internal sealed class ResourceAccess(StreamCatalog streams) : IResourceAccess
{
    public void Require(Caller caller, string operation, AccountScope scope, string streamName) =>
        streams.RequireAccess(caller.Scope.AccountId, Action(operation), scope, streamName);

    public void Require(Caller caller, string operation, StreamResource resource) =>
        StreamCatalog.RequireAccess(caller.Scope.AccountId, Action(operation), resource);

    private static string Action(string operation) => $"kinesis:{operation}";
}
