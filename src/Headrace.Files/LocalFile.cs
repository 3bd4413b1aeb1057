using Microsoft.Win32.SafeHandles;

namespace Headrace.Files;

/// <summary>A file of the machine's own file system, read and written by offset.</summary>
internal sealed class LocalFile : IDiskFile
{
    private readonly SafeFileHandle _handle;

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

    public void Flush() => LinuxCalls.FlushData(_handle, Path);

    public void ForgetCached() => LinuxCalls.ForgetCached(_handle, Path);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Reserve(long length) => LinuxCalls.Reserve(_handle, length, Path);

    public void Dispose() => _handle.Dispose();
}
