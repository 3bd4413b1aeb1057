using System.Text.Json.Serialization;

namespace Headrace.Cli.Top;

/// <summary>What the server tells of itself each second (docs/console.md). Counts only grow.</summary>
internal sealed record Overview(long Time, string Account, string Region, IReadOnlyList<StreamOverview> Streams, IReadOnlyList<DeliveryOverview> DeliveryStreams, IReadOnlyList<PipelineOverview>? Pipelines);

/// <summary>A data stream; times in milliseconds.</summary>
internal sealed record StreamOverview(
    string Name,
    string Status,
    int OpenShards,
    long Records,
    long IncomingBytes,
    long OutgoingRecords,
    long OutgoingBytes,
    long Puts,
    double PutMilliseconds,
    long? IteratorAgeMilliseconds,
    IReadOnlyList<ConsumerOverview> Consumers);

/// <summary>A consumer that is registered with a stream.</summary>
internal sealed record ConsumerOverview(string Name, long Records, long? MillisBehindLatest);

/// <summary>A pipeline's group with what its workers did together; null for the lag where none runs.</summary>
internal sealed record PipelineOverview(
    string Name,
    string Group,
    string SourceStream,
    long Read,
    long DeadLettered,
    long? MillisBehindLatest,
    long? CheckpointAgeMilliseconds,
    IReadOnlyList<RouteOverview> Routes,
    IReadOnlyList<WorkerOverview> Workers)
{
    /// <summary>Records that are durable in all destinations.</summary>
    public long Routed => Routes.Sum(static route => route.Records);
}

/// <summary>A destination of a pipeline.</summary>
internal sealed record RouteOverview(string Name, long Records);

/// <summary>A worker of a pipeline.</summary>
internal sealed record WorkerOverview(string Name);

/// <summary>A delivery stream; the times are milliseconds since 1970.</summary>
internal sealed record DeliveryOverview(
    string Name,
    string Status,
    string? SourceStream,
    string? Bucket,
    long BufferedRecords,
    long BufferedBytes,
    long? OldestBuffered,
    long DeliveredObjects,
    long DeliveredRecords,
    long DeliveredBytes,
    string? LastError)
{
    /// <summary>What makes it a channel of Kinesis; null where it is none.</summary>
    public ChannelOverview? Channel { get; init; }
}

/// <summary>What a delivery stream is as a channel.</summary>
internal sealed record ChannelOverview(string Name);

/// <summary>Whether and as whom one is signed in.</summary>
internal sealed record ConsoleSession(bool AsksForKey, bool IsSignedIn);

/// <summary>What signing in takes.</summary>
internal sealed record ConsoleKey(string AccessKeyId, string SecretAccessKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(ConsoleSession))]
[JsonSerializable(typeof(ConsoleKey))]
internal sealed partial class OverviewJson : JsonSerializerContext;
