namespace Headrace.Files;

/// <summary>Keeps other processes of the machine out while it is held. The kernel lets go of it when the process dies, however it dies.</summary>
public sealed class FileLock : IDisposable
{
    // A file that another process holds shows as EWOULDBLOCK on Linux, and as a sharing violation elsewhere.
    private const int WouldBlock = 11;
    private const int SharingViolation = 32;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestBetween = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes it, unless somebody else holds it.</summary>
    /// <param name="path">The lock's own file, made where it is not there; its folder must be.</param>
    /// <returns>Null: somebody else holds it.</returns>
    /// <exception cref="IOException">The file cannot be opened, for another reason than that somebody holds it.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when ((held.HResult & 0xFFFF) is WouldBlock or SharingViolation)
        {
            return null;
        }
    }

    /// <summary>Waits until nobody else holds it.</summary>
    /// <exception cref="IOException">The file cannot be opened, for another reason than that somebody holds it.</exception>
    public static async Task<FileLock> TakeAsync(string path, CancellationToken cancellationToken)
    {
        var wait = Between;
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            await Task.Delay(wait, cancellationToken);
            wait = wait * 2 < LongestBetween ? wait * 2 : LongestBetween;
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _file.Dispose();
}
