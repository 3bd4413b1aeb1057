namespace Headrace.Pipelines;

/// <summary>An enriched user session: UTF-8 JSON, and what routing and partitioning need of it.</summary>
public sealed record TransformedSession(ReadOnlyMemory<byte> Json, string SessionId, string Country);
