namespace Headrace.Pipelines;

/// <summary>A pipeline can't go on, for a reason that no single record can help. The message says it in one line.</summary>
public sealed class PipelineException(string message, Exception? cause = null) : Exception(message, cause);
