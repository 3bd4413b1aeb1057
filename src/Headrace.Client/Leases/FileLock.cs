namespace Headrace.Client;

/// <summary>Keeps other processes of the machine out while it is held. The kernel lets go of it when the process dies, however it dies.</summary>
internal sealed class FileLock : IDisposable
{
    // A file that another process holds shows as EWOULDBLOCK on Linux, and as a sharing violation elsewhere.
    private const int WouldBlock = 11;
    private const int SharingViolation = 32;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestBetween = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody else holds it.</summary>
    /// <exception cref="IOException">The file cannot be opened, for another reason than that somebody holds it.</exception>
    public static async Task<FileLock> TakeAsync(string path, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(TimeProvider.System, Between, LongestBetween);
        while (true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException held) when ((held.HResult & 0xFFFF) is WouldBlock or SharingViolation)
            {
                await backoff.WaitAsync(cancellationToken);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
