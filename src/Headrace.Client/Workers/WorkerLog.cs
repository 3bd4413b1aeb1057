using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>What a worker tells of its work.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(1, LogLevel.Debug, "took {ShardId} at {Checkpoint}")]
    public static partial void Took(ILogger log, string shardId, LeaseCheckpoint checkpoint);

    [LoggerMessage(2, LogLevel.Debug, "gave {ShardId} up at {Checkpoint}")]
    public static partial void GaveUp(ILogger log, string shardId, LeaseCheckpoint checkpoint);

    [LoggerMessage(3, LogLevel.Debug, "{ShardId} was read to its end")]
    public static partial void Ended(ILogger log, string shardId);

    [LoggerMessage(4, LogLevel.Warning, "lost the lease of {ShardId}; another worker goes on from {Checkpoint}")]
    public static partial void Lost(ILogger log, string shardId, LeaseCheckpoint checkpoint);

    [LoggerMessage(5, LogLevel.Warning, "shards or leases cannot be reached, trying again: {Reason}")]
    public static partial void StoreFailed(ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Warning, "the records of {ShardId} are not pushed any more, and polled from here on: {ErrorType}: {Reason}")]
    public static partial void PushFailed(ILogger log, string shardId, string errorType, string reason);

    [LoggerMessage(7, LogLevel.Warning, "the records are polled, since they cannot be pushed: {ErrorType}: {Reason}")]
    public static partial void PushUnavailable(ILogger log, string errorType, string reason);

    [LoggerMessage(8, LogLevel.Information, "the records are polled: this service does not push")]
    public static partial void PushNotOffered(ILogger log);

    [LoggerMessage(9, LogLevel.Debug, "reading {ShardId} failed as it was given up")]
    public static partial void EndedUnread(ILogger log, string shardId, Exception failure);
}
