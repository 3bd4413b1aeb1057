namespace Headrace.Pipelines;

/// <summary>Where a pipeline writes: a data stream, a delivery stream or a bucket.</summary>
/// <param name="Name">What routes call it.</param>
public sealed record PipelineDestination(string Name)
{
    /// <summary>The data stream, if it is one.</summary>
    public string? Stream { get; init; }

    /// <summary>The delivery stream, if it is one.</summary>
    public string? DeliveryStream { get; init; }

    /// <summary>The place in a bucket, if it is one.</summary>
    public BucketAddress? Bucket { get; init; }

    /// <summary>For so long an output for a bucket may wait for others to share its object with.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The jq expression of a record's partition key in a data stream; without one a record keeps its source's key.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>In place of <see cref="PartitionKey"/>, for pipelines in C#.</summary>
    internal Func<ReadOnlyMemory<byte>, string>? KeyOf { get; init; }
}
