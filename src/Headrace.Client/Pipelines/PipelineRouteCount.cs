namespace Headrace.Client.Pipelines;

/// <summary>Records that a pipeline brought to one of its destinations.</summary>
public sealed record PipelineRouteCount
{
    /// <summary>What the pipeline calls the destination.</summary>
    public required string Name { get; init; }

    /// <summary>The data stream, unless it is a delivery stream.</summary>
    public string? StreamName { get; init; }

    /// <summary>The delivery stream, unless it is a data stream.</summary>
    public string? DeliveryStreamName { get; init; }

    /// <summary>Records that are durable there.</summary>
    public long Records { get; init; }
}
