namespace Headrace.Pipelines;

/// <summary>Reads a file of dead letters.</summary>
internal static class DeadLetterLines
{
    /// <summary>Gives each whole line's letter; lines that are none are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">Where a line begins.</param>
    /// <param name="take">Takes the letters.</param>
    /// <returns>Where the last whole line ends.</returns>
    public static long Read(string path, long from, Action<DeadLetter> take)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 64 * 1024);
        var line = new MemoryStream();
        file.Position = from;
        var end = from;
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
