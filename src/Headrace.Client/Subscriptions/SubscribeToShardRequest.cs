namespace Headrace.Client;

/// <summary>What <c>SubscribeToShard</c> is asked.</summary>
public sealed record SubscribeToShardRequest
{
    /// <summary>The registered consumer, by its ARN.</summary>
    public required string ConsumerArn { get; init; }

    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>Where reading starts.</summary>
    public required StartingPosition StartingPosition { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>Check the call and push nothing.</summary>
    public bool? DryRun { get; init; }
}
