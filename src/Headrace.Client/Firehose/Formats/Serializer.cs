namespace Headrace.Client.Firehose;

/// <summary>How records are written: one of these.</summary>
public sealed record Serializer
{
    /// <summary>Parquet.</summary>
    public ParquetSerDe? ParquetSerDe { get; init; }

    /// <summary>ORC.</summary>
    public OrcSerDe? OrcSerDe { get; init; }
}
