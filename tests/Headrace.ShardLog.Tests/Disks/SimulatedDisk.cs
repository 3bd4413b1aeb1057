using Headrace.Files;

namespace Headrace.ShardLog.Tests.Disks;

/// <summary>
/// A disk in memory. It refuses what a test wants refused, and a power failure leaves of it what was synced, and of the rest
/// whatever chance decides.
/// </summary>
public sealed class SimulatedDisk : IDisk
{
    private readonly Dictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly List<Action<Dictionary<string, SimulatedFile>>> _unsynced = [];
    private Dictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);

    /// <summary>Asked before each operation; what it returns is thrown.</summary>
    public Func<DiskOperation, string, Exception?>? Refuse { get; set; }

    /// <summary>Names of all files, in order.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (Guard)
                return [.. _names.Keys.Order(StringComparer.Ordinal)];
        }
    }

    internal Lock Guard { get; } = new();

    public byte[] this[string path]
    {
        get
        {
            lock (Guard)
                return _names[path].Bytes;
        }
        set
        {
            lock (Guard)
                _names[path].Replace(value);
        }
    }

    /// <summary>The disk as the next start finds it after the power failed.</summary>
    public SimulatedDisk AfterPowerFailure(Random random)
    {
        lock (Guard)
        {
            var names = new Dictionary<string, SimulatedFile>(_durableNames, StringComparer.Ordinal);
            foreach (var change in _unsynced.Take(random.Next(_unsynced.Count + 1)))
                change(names);
            return Found(names, file => file.AfterPowerFailure(random));
        }
    }

    /// <summary>The disk as the next start finds it after the process died.</summary>
    public SimulatedDisk AfterKill()
    {
        lock (Guard)
            return Found(_names, file => file.Copy());
    }

    public IDiskFile Create(string path)
    {
        lock (Guard)
        {
            if (_names.ContainsKey(path))
                throw new IOException($"{path} exists.");
            var file = new SimulatedFile();
            Change(names => names[path] = file);
            Ask(DiskOperation.Create, path);
            return new OpenedFile(this, file, path);
        }
    }

    public IDiskFile Open(string path, bool writable)
    {
        lock (Guard)
        {
            Ask(DiskOperation.Open, path);
            return new OpenedFile(this, _names.GetValueOrDefault(path) ?? throw new FileNotFoundException($"There is no {path}.", path), path);
        }
    }

    public bool FileExists(string path)
    {
        lock (Guard)
            return _names.ContainsKey(path);
    }

    public bool DirectoryExists(string path)
    {
        lock (Guard)
            return _directories.Contains(path);
    }

    public IReadOnlyList<string> ListFiles(string directory)
    {
        lock (Guard)
            return [.. _names.Keys.Where(path => Path.GetDirectoryName(path) == directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> ListDirectories(string directory) => [];

    public void CreateDirectory(string path)
    {
        lock (Guard)
            _directories.Add(path);
    }

    public void DeleteFile(string path)
    {
        lock (Guard)
        {
            if (!_names.ContainsKey(path))
                return;
            Ask(DiskOperation.Delete, path);
            Change(names => names.Remove(path));
        }
    }

    public void DeleteDirectory(string path) => throw new NotSupportedException();

    public void Rename(string from, string to)
    {
        lock (Guard)
        {
            Ask(DiskOperation.Rename, from);
            var file = _names[from];
            Change(names =>
            {
                names.Remove(from);
                names[to] = file;
            });
        }
    }

    public void SyncDirectory(string directory)
    {
        lock (Guard)
        {
            Ask(DiskOperation.SyncDirectory, directory);
            _durableNames = new Dictionary<string, SimulatedFile>(_names, StringComparer.Ordinal);
            _unsynced.Clear();
        }
    }

    internal void Ask(DiskOperation operation, string path)
    {
        if (Refuse?.Invoke(operation, path) is { } refusal)
            throw refusal;
    }

    private void Change(Action<Dictionary<string, SimulatedFile>> change)
    {
        change(_names);
        _unsynced.Add(change);
    }

    private SimulatedDisk Found(Dictionary<string, SimulatedFile> names, Func<SimulatedFile, SimulatedFile> find)
    {
        var disk = new SimulatedDisk();
        foreach (var directory in _directories)
            disk._directories.Add(directory);
        foreach (var (path, file) in names)
            disk._names[path] = find(file);
        disk._durableNames = new Dictionary<string, SimulatedFile>(disk._names, StringComparer.Ordinal);
        return disk;
    }
}
