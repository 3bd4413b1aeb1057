namespace Headrace.Pipelines;

/// <summary>A bucket is out of reach, or asks for time; what became of the call is not known.</summary>
public sealed class ObjectStoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
