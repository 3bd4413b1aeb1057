namespace Headrace.Client.Kinesis;

/// <summary>What <c>CreateStream</c> is asked.</summary>
public sealed record CreateStreamRequest
{
    /// <summary>The stream, by its name.</summary>
    public required string StreamName { get; init; }

    /// <summary>How many shards a provisioned stream begins with.</summary>
    public int? ShardCount { get; init; }

    /// <summary>Whether the stream scales by itself.</summary>
    public StreamModeDetails? StreamModeDetails { get; init; }

    /// <summary>Tags by their keys. 1 to 200 of them.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>What an on-demand stream takes at once, in MiB a second.</summary>
    public int? WarmThroughputMiBps { get; init; }

    /// <summary>The largest record that the stream takes, in KiB. 1,024 to 10,240.</summary>
    public int? MaxRecordSizeInKiB { get; init; }

    /// <summary>How an on-demand stream gives records their shards: <c>AUTO</c> or <c>USER_PARTITION_KEY</c>.</summary>
    public string? RecordDistributionStrategy { get; init; }
}
