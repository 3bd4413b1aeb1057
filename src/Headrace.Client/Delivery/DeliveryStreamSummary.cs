namespace Headrace.Client;

/// <summary>A delivery stream as DescribeDeliveryStream tells it.</summary>
/// <param name="Status"><c>CREATING</c>, <c>ACTIVE</c>, <c>DELETING</c> or a failure of these.</param>
/// <param name="Type"><c>DirectPut</c> or <c>KinesisStreamAsSource</c>.</param>
/// <param name="SourceArn">The data stream it reads; null for direct puts.</param>
public sealed record DeliveryStreamSummary(
    string Name, string Arn, string Status, string Type, string? SourceArn, string? BucketArn, string? Prefix, string? ErrorOutputPrefix,
    int? BufferSizeMiB, int? BufferSeconds, string? Compression, DateTimeOffset? CreatedAt)
{
    /// <summary>The log group of its errors; null where none is configured.</summary>
    public string? LogGroup { get; init; }

    /// <summary>The log stream of its errors; null where none is configured.</summary>
    public string? LogStream { get; init; }
}
