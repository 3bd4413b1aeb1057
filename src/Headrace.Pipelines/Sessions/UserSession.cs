namespace Headrace.Pipelines;

/// <summary>A generated session: UTF-8 JSON, and the id in it, which is its partition key.</summary>
public sealed record UserSession(string SessionId, ReadOnlyMemory<byte> Json);
