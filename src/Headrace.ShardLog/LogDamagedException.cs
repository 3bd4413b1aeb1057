namespace Headrace.ShardLog;

/// <summary>Bytes of a log fail their checksum.</summary>
public sealed class LogDamagedException(string message) : IOException(message);
