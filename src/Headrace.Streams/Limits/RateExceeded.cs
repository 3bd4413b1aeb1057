using Headrace.ControlPlane;

namespace Headrace.Streams.Limits;

/// <summary>What AWS says when something is used beyond its share.</summary>
public static class RateExceeded
{
    public static string Of(DataStream stream, Shard shard) => $"Rate exceeded for shard {shard.Id} in stream {stream.Name} under account {stream.Scope.AccountId}.";

    public static string Of(AccountScope scope, string streamName) => $"Rate exceeded for stream {streamName} under account {scope.AccountId}.";

    public static string Of(AccountScope scope) => $"Rate exceeded for account {scope.AccountId}.";
}
