namespace Headrace.Pipelines;

/// <summary>A run was told to end after so many records, and has: what else its shards hold is not to be taken for handled.</summary>
internal sealed class LimitReachedException : Exception;
