namespace Headrace.Server.Pipelines;

/// <summary>A destination of a pipeline: a data stream or a delivery stream.</summary>
/// <param name="Name">What the pipeline calls it.</param>
/// <param name="Stream">The data stream; null where it is a delivery stream.</param>
/// <param name="DeliveryStream">The delivery stream; null where it is a data stream.</param>
/// <param name="Records">Records that are durable there.</param>
internal sealed record PipelineRouteReport(string Name, string? Stream, string? DeliveryStream, long Records);
