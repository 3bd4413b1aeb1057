using System.Runtime.InteropServices;
using Headrace.Files;

namespace Headrace.Buckets.Bodies;

/// <summary>
/// The files that hold objects' bytes, each written once and never changed, in 256 directories. Whether one is whole, the index tells that
/// refers to it. A file is deleted when nothing refers to it and nobody reads it.
/// </summary>
internal sealed class BodyShelf
{
    private readonly IDisk _disk;
    private readonly string _root;
    private readonly Lock _lock = new();

    // Guarded by _lock: how many read each file, and which of these files nobody may find any more.
    private readonly Dictionary<Guid, int> _readers = [];
    private readonly HashSet<Guid> _doomed = [];

    public BodyShelf(IDisk disk, string root)
    {
        _disk = disk;
        _root = root;
        disk.CreateDirectory(root);
    }

    /// <summary>Deletes what an interrupted server left behind: every file that <paramref name="isKnown"/> denies.</summary>
    public void Sweep(Predicate<Guid> isKnown)
    {
        foreach (var directory in _disk.ListDirectories(_root).Select(name => Path.Combine(_root, name)))
        {
            foreach (var name in _disk.ListFiles(directory).Where(name => !(Guid.TryParseExact(name, "N", out var id) && isKnown(id))))
                _disk.DeleteFile(Path.Combine(directory, name));
        }
    }

    /// <summary>
    /// Begins a file. It is in its place from the start: a file that is renamed once it is flushed costs the file system's journal
    /// one more commit.
    /// </summary>
    public IDiskFile Create(Guid id)
    {
        var path = PathOf(id);
        _disk.CreateDirectory(Path.GetDirectoryName(path)!);
        return _disk.Create(path);
    }

    /// <summary>Deletes a file that nothing refers to yet.</summary>
    public void Delete(Guid id) => _disk.DeleteFile(PathOf(id));

    /// <summary>Makes the name of a file that is written and flushed durable.</summary>
    public void Shelve(Guid id) => _disk.SyncDirectory(Path.GetDirectoryName(PathOf(id))!);

    public IDiskFile Open(Guid id) => _disk.Open(PathOf(id), writable: false);

    /// <summary>Keeps files from being deleted until they are released; false when one of them has gone already.</summary>
    public bool TryHold(IReadOnlyList<BodyFile> files)
    {
        lock (_lock)
        {
            if (!files.All(file => !_doomed.Contains(file.Id) && _disk.FileExists(PathOf(file.Id))))
                return false;
            foreach (var file in files)
                CollectionsMarshal.GetValueRefOrAddDefault(_readers, file.Id, out _)++;
            return true;
        }
    }

    public void Release(IReadOnlyList<BodyFile> files)
    {
        lock (_lock)
        {
            foreach (var file in files)
            {
                if (--CollectionsMarshal.GetValueRefOrNullRef(_readers, file.Id) > 0)
                    continue;
                _readers.Remove(file.Id);
                if (_doomed.Remove(file.Id))
                    DeleteOrLeave(file.Id);
            }
        }
    }

    /// <summary>Deletes files that nothing refers to any more, those being read when their readers are done.</summary>
    public void Discard(IReadOnlyList<BodyFile> files)
    {
        lock (_lock)
        {
            foreach (var file in files)
            {
                if (_readers.ContainsKey(file.Id))
                    _doomed.Add(file.Id);
                else
                    DeleteOrLeave(file.Id);
            }
        }
    }

    /// <summary>What the disk refuses to delete is harmless and waits for the next sweep.</summary>
    private void DeleteOrLeave(Guid id)
    {
        try
        {
            _disk.DeleteFile(PathOf(id));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _doomed.Remove(id);
        }
    }

    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        // A version 7 id begins with the time; its end is random and spreads well.
        return Path.Combine(_root, name[^2..], name);
    }
}
