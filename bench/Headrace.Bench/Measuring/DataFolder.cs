using System.Globalization;

namespace Headrace.Bench.Measuring;

/// <summary>A folder on a real disk for one run, removed when disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly string[] MemoryFileSystems = ["tmpfs", "ramfs"];

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="BenchmarkException">It would be in memory, where a flush means nothing.</exception>
    public static DataFolder Create(string parent, string benchmark)
    {
        var path = System.IO.Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{benchmark}-{Environment.ProcessId}"));
        var folder = new DataFolder(Directory.CreateDirectory(path).FullName);
        var fileSystem = new DriveInfo(path).DriveFormat;
        if (!MemoryFileSystems.Contains(fileSystem))
            return folder;
        folder.Dispose();
        throw new BenchmarkException($"{parent} is on {fileSystem}, where a flush means nothing: give a folder on a disk with --data");
    }

    /// <summary>The bytes of all files in it.</summary>
    public long Bytes() => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
