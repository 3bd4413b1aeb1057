namespace Headrace.Client.Firehose;

/// <summary>A record of up to 1,000 KiB.</summary>
public sealed record Record
{
    /// <summary>The data.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }
}
