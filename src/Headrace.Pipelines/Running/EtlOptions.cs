using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>What an ETL run reads, where it writes, and where it goes on.</summary>
public sealed record EtlOptions
{
    public required string SourceStream { get; init; }

    /// <summary>The stream of each destination, by the router's names: <c>USA</c> and <c>International</c>.</summary>
    public required IReadOnlyDictionary<string, string> Destinations { get; init; }

    /// <summary>Where records go that can't be transformed or written: a file's path (one JSON object a line), or <c>stream:NAME</c>.</summary>
    public string DeadLetter { get; init; } = "dead-letter.ndjson";

    /// <summary>Where progress is kept; without it every run starts at <see cref="From"/>.</summary>
    public ICheckpointStore? Checkpoints { get; init; }

    /// <summary>Where shards without a checkpoint start.</summary>
    public StartingPosition From { get; init; } = StartingPosition.TrimHorizon;

    /// <summary>Waits for records to come; otherwise the run ends at the source's tip.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Ends the run after so many records.</summary>
    public long? Limit { get; init; }
}
