using Headrace.Files;

namespace Headrace.Client;

/// <summary>Replaces a file as a whole: after a crash it has its old content or its new one.</summary>
internal static class DurableFile
{
    /// <exception cref="IOException">The disk refused; what was there before still is.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var disk = LocalDisk.Instance;
        var directory = Path.GetDirectoryName(path)!;
        disk.CreateDirectory(directory);
        var temporary = path + ".new";
        disk.DeleteFile(temporary);
        using (var file = disk.Create(temporary))
        {
            file.Write(content, 0);
            file.Flush();
        }
        disk.Rename(temporary, path);
        disk.SyncDirectory(directory);
    }
}
