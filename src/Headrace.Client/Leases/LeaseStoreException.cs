namespace Headrace.Client;

/// <summary>A lease store is out of reach, refused, or holds something that is no lease.</summary>
public sealed class LeaseStoreException(string message, Exception? cause = null) : Exception(message, cause);
