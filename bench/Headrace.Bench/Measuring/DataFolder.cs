using System.Globalization;

namespace Headrace.Bench.Measuring;

/// <summary>A folder for one run, on a real disk unless memory is asked for; removed when disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>Where Linux keeps files in memory.</summary>
    public const string Memory = "/dev/shm";

    private static readonly string[] MemoryFileSystems = ["tmpfs", "ramfs"];

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="BenchmarkException">It would be in memory, where a flush means nothing.</exception>
    public static DataFolder Create(string parent, string benchmark)
    {
        var (folder, isInMemory) = Make(parent, benchmark);
        return isInMemory ? throw folder.Refused($"{parent} is in memory, where a flush means nothing: give a folder on a disk with --data") : folder;
    }

    /// <exception cref="BenchmarkException">There is no file system in memory.</exception>
    public static DataFolder CreateInMemory(string benchmark)
    {
        var (folder, isInMemory) = Make(Memory, benchmark);
        return isInMemory ? folder : throw folder.Refused($"{Memory} is not in memory here");
    }

    /// <summary>The bytes of all files in it.</summary>
    public long Bytes() => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static (DataFolder Folder, bool IsInMemory) Make(string parent, string benchmark)
    {
        var path = System.IO.Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{benchmark}-{Environment.ProcessId}"));
        var folder = new DataFolder(Directory.CreateDirectory(path).FullName);
        return (folder, MemoryFileSystems.Contains(new DriveInfo(path).DriveFormat));
    }

    private BenchmarkException Refused(string why)
    {
        Dispose();
        return new BenchmarkException(why);
    }
}
