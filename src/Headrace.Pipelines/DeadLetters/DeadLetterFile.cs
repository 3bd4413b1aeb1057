using System.Buffers;
using Headrace.Files;

namespace Headrace.Pipelines;

/// <summary>
/// Appends dead letters to a file, one a line, side by side with other processes of the machine: each post locks <c>PATH.lock</c>. The
/// file is made by the first letter. A line that a crash has torn is removed, and a letter that is there already, from whoever had the
/// shard before and did not save its checkpoint, is not written again.
/// </summary>
/// <param name="checkpoints">How far each shard was settled when the run began: older letters are nobody's concern.</param>
internal sealed class DeadLetterFile(string path, IReadOnlyDictionary<string, string> checkpoints) : IDeadLetterOffice
{
    private readonly string _path = Path.GetFullPath(path);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<(string Shard, string SequenceNumber, int? SubSequenceNumber)> _known = [];
    private long _seen;

    /// <summary>What whoever writes or takes away the file holds meanwhile.</summary>
    public static string LockOf(string path) => path + ".lock";

    public async Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            LocalDisk.Instance.CreateDirectory(Path.GetDirectoryName(_path)!);
            using var locked = await FileLock.TakeAsync(LockOf(_path), cancellationToken);
            using var file = Open();
            var lines = new ArrayBufferWriter<byte>();
            foreach (var letter in letters)
            {
                var isNumbered = letter.Record.SequenceNumber.Length > 0;
                if (isNumbered && !_known.Add(KeyOf(letter)))
                    continue;
                lines.Write(letter.ToJson().Span);
                lines.Write("\n"u8);
            }
            if (lines.WrittenCount == 0)
                return;
            file.Write(lines.WrittenSpan, _seen);
            file.Flush();
            _seen += lines.WrittenCount;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Opens the file for appending, when it has read what others wrote to it.</summary>
    private IDiskFile Open()
    {
        var disk = LocalDisk.Instance;
        if (!disk.FileExists(_path))
        {
            _seen = 0;
            var made = disk.Create(_path);
            disk.SyncDirectory(Path.GetDirectoryName(_path)!);
            return made;
        }
        var file = disk.Open(_path, writable: true);
        // Somebody took the letters away, and this is another file.
        if (file.Length < _seen)
            _seen = 0;
        if (file.Length > _seen)
        {
            _seen = DeadLetterLines.Read(_path, _seen, letter =>
            {
                if (!IsSettled(letter.Record.ShardId, letter.Record.SequenceNumber))
                    _known.Add(KeyOf(letter));
            });
            // While the lock is held nobody writes: a line without its end is a dead one's.
            if (_seen < file.Length)
                file.SetLength(_seen);
        }
        return file;
    }

    private static (string, string, int?) KeyOf(DeadLetter letter) => (letter.Record.ShardId, letter.Record.SequenceNumber, letter.Record.SubSequenceNumber);

    private bool IsSettled(string shard, string sequenceNumber) =>
        checkpoints.TryGetValue(shard, out var settled) && SequenceOrder.Compare(sequenceNumber, settled) <= 0;
}
