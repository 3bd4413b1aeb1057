namespace Headrace.Pipelines;

/// <summary>What became of an <see cref="OutputShare"/>; the others are durable through this run.</summary>
/// <param name="Refused">So many were refused.</param>
/// <param name="Repeated">So many had been there before.</param>
internal readonly record struct ShareResult(int Refused, int Repeated);
