namespace Headrace.Files;

/// <summary>
/// Everything that Headrace does to files, behind one seam, so that a test can tear, lose or refuse any of it.
/// Implementations are thread-safe. Every failure is an <see cref="IOException"/>, a failed flush included.
/// </summary>
public interface IDisk
{
    /// <summary>Creates a new file for reading and writing. Its name is durable only after <see cref="SyncDirectory"/>.</summary>
    /// <exception cref="IOException">The file exists already, or the disk refuses.</exception>
    IDiskFile Create(string path);

    /// <summary>Opens an existing file.</summary>
    IDiskFile Open(string path, bool writable);

    bool FileExists(string path);

    bool DirectoryExists(string path);

    /// <summary>Names (not paths) of the files in a directory, in ordinal order; empty when there is no such directory.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Names (not paths) of the directories in a directory, in ordinal order; empty when there is no such directory.</summary>
    IReadOnlyList<string> ListDirectories(string directory);

    /// <summary>Creates a directory with its missing parents, durably: each new name is synced in its parent.</summary>
    void CreateDirectory(string path);

    /// <summary>Deletes a file if it is there. Durable only after <see cref="SyncDirectory"/>.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a directory and all below it, if it is there.</summary>
    void DeleteDirectory(string path);

    /// <summary>Renames a file over whatever bears the new name. Durable only after <see cref="SyncDirectory"/> of the target's directory.</summary>
    void Rename(string from, string to);

    /// <summary>Makes the names in a directory durable (creations, renames, deletions).</summary>
    void SyncDirectory(string directory);
}
