namespace Headrace.Client;

/// <summary>How much a producer puts into one shard in a second.</summary>
/// <param name="RecordsPerSecond">Records; an aggregate is one.</param>
/// <param name="BytesPerSecond">Bytes of data and partition keys.</param>
public sealed record ShardRate(int RecordsPerSecond, int BytesPerSecond)
{
    /// <summary>What a shard takes on AWS: 1,000 records and 1 MiB. Several producers of a stream share it.</summary>
    public static ShardRate Aws { get; } = new(1000, 1024 * 1024);

    /// <summary>As much as the service takes.</summary>
    public static ShardRate Unlimited { get; } = new(int.MaxValue, int.MaxValue);
}
