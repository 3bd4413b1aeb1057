using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Headrace.Files;

/// <summary>
/// The system calls that .NET has no truthful equal for: its flushes return normally when fsync fails, and it cannot
/// open a directory to sync it.
/// </summary>
internal static partial class LinuxCalls
{
    private const int ReadOnly = 0;
    private const int OpenDirectory = 0x10000;
    private const int CloseOnExec = 0x80000;
    private const int WriteOnly = 1;
    private const int InvalidArgument = 22;
    private const int KeepSize = 1;
    private const int Interrupted = 4;
    private const int NotSupported = 95;
    private const int NotImplemented = 38;
    private const int DontNeed = 4;
    private const uint StartWriting = 2;

    public static void FlushData(SafeFileHandle file, string path) => Check(Retry(() => fdatasync(file)), "flush", path);

    public static void SyncDirectory(string directory)
    {
        var descriptor = Retry(() => open(directory, ReadOnly | OpenDirectory | CloseOnExec));
        Check(descriptor, "open directory", directory);
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Check(Retry(() => fsync(handle)), "sync directory", directory);
    }

    /// <summary>Reserves blocks without changing the file's size; a file system that cannot is left alone.</summary>
    public static void Reserve(SafeFileHandle file, long length, string path)
    {
        var result = Retry(() => fallocate(file, KeepSize, 0, length));
        if (result < 0 && Marshal.GetLastPInvokeError() is NotSupported or NotImplemented)
            return;
        Check(result, "reserve space for", path);
    }

    /// <summary>Drops the file's clean pages from the system's cache.</summary>
    public static void ForgetCached(SafeFileHandle file, string path)
    {
        var error = posix_fadvise(file, 0, 0, DontNeed);
        if (error != 0)
            throw new DiskException($"Cannot forget what is cached of {path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>Starts to write dirty pages, and doesn't wait. Errors stay with the file until it is flushed.</summary>
    public static void BeginFlush(SafeFileHandle file, long offset, long length) => _ = sync_file_range(file, offset, length, StartWriting);

    /// <summary>Opens an existing file for writes past the cache; gives an invalid handle where that is not possible.</summary>
    public static SafeFileHandle OpenDirect(string path)
    {
        int? direct = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 or Architecture.X86 => 0x4000,
            Architecture.Arm64 or Architecture.Arm => 0x10000,
            _ => null,
        };
        return direct is { } flag
            ? new SafeFileHandle(Retry(() => open(path, WriteOnly | CloseOnExec | flag)), ownsHandle: true)
            : new SafeFileHandle();
    }

    /// <summary>True when the system refused a call for how it was made, and not for what it asked.</summary>
    public static bool MeansInvalid(Exception failure) =>
        failure is ArgumentException || (failure is IOException io && (io.HResult & 0xFFFF) == InvalidArgument);

    private static int Retry(Func<int> call)
    {
        int result;
        do
        {
            result = call();
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return result;
    }

    private static void Check(int result, string doing, string path)
    {
        if (result >= 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        throw new DiskException($"Cannot {doing} {path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    // What it returns, the flush that follows tells better.
    [LibraryImport("libc")]
    private static partial int sync_file_range(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    // Returns the error itself.
    [LibraryImport("libc")]
    private static partial int posix_fadvise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fallocate(SafeFileHandle file, int mode, long offset, long length);
}
