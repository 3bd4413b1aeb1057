namespace Headrace.Delivery.Channels;

/// <summary>What a channel has beside a bucket and buffering hints, as it is kept with its destination. Immutable.</summary>
public sealed record ChannelSettings
{
    /// <summary>Names it in its ARN; never used twice.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>When the stream was created that it reads.</summary>
    public required DateTimeOffset StreamCreatedAt { get; init; }

    public RecordFormat RecordFormat { get; init; }

    /// <summary>The schema that was named; kept and shown.</summary>
    public string? SchemaArn { get; init; }

    /// <summary>What objects are called, variables included.</summary>
    public required string KeyTemplate { get; init; }
}
