namespace Headrace.Streams.Settings;

/// <summary>What a change of a stream's enhanced monitoring did.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Before">The metrics that were on before.</param>
/// <param name="After">Those that are on now.</param>
public sealed record MonitoringChange(DataStream Stream, IReadOnlyList<ShardLevelMetric> Before, IReadOnlyList<ShardLevelMetric> After);
