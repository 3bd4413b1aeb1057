namespace Headrace.Server.Hosting;

/// <summary>Keeps a second server out of a data directory. The kernel lets go of it when the process dies, however it dies.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another process holds the directory.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            return new DataDirectoryLock(new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure) when (failure is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new IOException($"The data directory {directory} is in use by another server, or not writable: {failure.Message}", failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
