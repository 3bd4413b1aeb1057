namespace Headrace.Pipelines;

/// <summary>Where a pipeline writes: a data stream or a delivery stream.</summary>
/// <param name="Name">What routes call it.</param>
public sealed record PipelineDestination(string Name)
{
    /// <summary>The data stream, unless it is a delivery stream.</summary>
    public string? Stream { get; init; }

    /// <summary>The delivery stream, unless it is a data stream.</summary>
    public string? DeliveryStream { get; init; }

    /// <summary>The jq expression of a record's partition key in a data stream; without one a record keeps its source's key.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>In place of <see cref="PartitionKey"/>, for pipelines in C#.</summary>
    internal Func<ReadOnlyMemory<byte>, string>? KeyOf { get; init; }
}
