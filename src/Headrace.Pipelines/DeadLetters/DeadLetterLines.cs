namespace Headrace.Pipelines;

/// <summary>Reads a file of dead letters.</summary>
internal static class DeadLetterLines
{
    /// <summary>Gives each whole line's letter; lines that are none are passed over.</summary>
    /// <returns>Where the last whole line ends.</returns>
    public static long Read(string path, Action<DeadLetter> take)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 64 * 1024);
        var line = new MemoryStream();
        long end = 0;
        for (int next; (next = file.ReadByte()) >= 0;)
        {
            if (next != '\n')
            {
                line.WriteByte((byte)next);
                continue;
            }
            end = file.Position;
            try
            {
                take(DeadLetter.Parse(line.ToArray()));
            }
            catch (InvalidDataException)
            {
                // Somebody else's line in our file is left alone.
            }
            line.SetLength(0);
        }
        return end;
    }
}
