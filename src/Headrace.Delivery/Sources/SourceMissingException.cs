namespace Headrace.Delivery.Sources;

/// <summary>There is no source to read now; there may be one later.</summary>
internal sealed class SourceMissingException(string source) : IOException($"There is no {source}.");
