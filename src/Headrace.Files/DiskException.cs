namespace Headrace.Files;

/// <summary>A system call on a file failed.</summary>
public sealed class DiskException(string message, int errorNumber) : IOException(message, errorNumber)
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>The system's errno.</summary>
    public int ErrorNumber { get; } = errorNumber;

    /// <summary>True when an I/O failure means that the disk is full, whether our calls or .NET's reported it.</summary>
    public static bool MeansDiskFull(IOException failure) => failure is DiskException disk
        ? disk.ErrorNumber is NoSpace or QuotaExceeded
        : (failure.HResult & 0xFFFF) is NoSpace or QuotaExceeded || failure.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase);
}
