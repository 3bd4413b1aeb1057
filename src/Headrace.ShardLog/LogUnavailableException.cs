namespace Headrace.ShardLog;

/// <summary>An append could not be made durable. The records may be tried again; none of them was or will be read.</summary>
public sealed class LogUnavailableException(string message, bool diskFull, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>True when the reason is a full disk: appending works again once there is space.</summary>
    public bool DiskFull { get; } = diskFull;
}
