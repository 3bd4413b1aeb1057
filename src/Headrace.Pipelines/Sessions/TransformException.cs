namespace Headrace.Pipelines;

/// <summary>A record is no user session. The message says in one line what is wrong with it.</summary>
public sealed class TransformException(string reason, Exception? cause = null) : Exception(reason, cause);
