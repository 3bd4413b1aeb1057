using Microsoft.Win32.SafeHandles;

namespace Headrace.Files;

/// <summary>A file of the machine's own file system, read and written by offset.</summary>
internal sealed class LocalFile : IDiskFile
{
    private readonly SafeFileHandle _handle;

    // Opened by the first direct write. Writers are one at a time.
    private SafeFileHandle? _direct;
    private bool _refusesDirect;

    public LocalFile(string path, FileMode mode, FileAccess access)
    {
        Path = path;
        _handle = File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
    }

    public string Path { get; }

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(_handle, buffer[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }
        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void WriteDirect(ReadOnlySpan<byte> bytes, long offset)
    {
        if (!TryWriteDirect(bytes, offset))
            Write(bytes, offset);
    }

    public void BeginFlush(long offset, long length) => LinuxCalls.BeginFlush(_handle, offset, length);

    public void Flush() => LinuxCalls.FlushData(_handle, Path);

    public void ForgetCached() => LinuxCalls.ForgetCached(_handle, Path);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Reserve(long length) => LinuxCalls.Reserve(_handle, length, Path);

    private bool TryWriteDirect(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_refusesDirect)
            return false;
        _direct ??= LinuxCalls.OpenDirect(Path);
        try
        {
            if (!_direct.IsInvalid)
            {
                RandomAccess.Write(_direct, bytes, offset);
                return true;
            }
        }
        catch (Exception failure) when (LinuxCalls.MeansInvalid(failure))
        {
            // A file system that opens the file so and then refuses; or the rest of a write that the full disk cut short.
        }
        _refusesDirect = true;
        return false;
    }

    public void Dispose()
    {
        _direct?.Dispose();
        _handle.Dispose();
    }
}
