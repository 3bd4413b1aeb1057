namespace Headrace.Files;

/// <summary>Replaces a file as a whole: after a crash it has its old content or its new one.</summary>
public static class DurableFile
{
    /// <summary>Writes a file beside the one that it then takes the place of; makes missing directories.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds then.</param>
    /// <exception cref="IOException">The disk refused; what was there before still is.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var disk = LocalDisk.Instance;
        path = Path.GetFullPath(path);
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
