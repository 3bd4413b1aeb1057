namespace Headrace.Files;

/// <summary>The machine's own file system. Thread-safe, stateless.</summary>
public sealed class LocalDisk : IDisk
{
    public static LocalDisk Instance { get; } = new();

    public IDiskFile Create(string path) => new LocalFile(path, FileMode.CreateNew, FileAccess.ReadWrite);

    public IDiskFile Open(string path, bool writable) =>
        new LocalFile(path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read);

    public bool FileExists(string path) => File.Exists(path);

    public bool DirectoryExists(string path) => Directory.Exists(path);

    public IReadOnlyList<string> ListFiles(string directory) => Names(directory, Directory.EnumerateFiles);

    public IReadOnlyList<string> ListDirectories(string directory) => Names(directory, Directory.EnumerateDirectories);

    public void CreateDirectory(string path)
    {
        var full = Path.GetFullPath(path);
        var missing = new Stack<string>();
        for (var at = full; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
            missing.Push(at);
        foreach (var directory in missing)
        {
            Directory.CreateDirectory(directory);
            SyncDirectory(Path.GetDirectoryName(directory)!);
        }
    }

    public void DeleteFile(string path) => File.Delete(path);

    public void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void SyncDirectory(string directory) => LinuxCalls.SyncDirectory(directory);

    private static List<string> Names(string directory, Func<string, IEnumerable<string>> list)
    {
        if (!Directory.Exists(directory))
            return [];
        var names = list(directory).Select(path => Path.GetFileName(path)).ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
