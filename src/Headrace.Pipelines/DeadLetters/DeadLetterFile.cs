using System.Buffers;
using Headrace.Files;

namespace Headrace.Pipelines;

/// <summary>
/// Appends dead letters to a file, one a line. The file is made by the first letter. A line that a crash has torn is removed, and a
/// letter that is there already, from a run whose checkpoint did not come that far, is not written again.
/// </summary>
/// <param name="checkpoints">How far each shard was settled when the run began: older letters are nobody's concern.</param>
internal sealed class DeadLetterFile(string path, IReadOnlyDictionary<string, string> checkpoints) : IDeadLetterOffice
{
    private readonly string _path = Path.GetFullPath(path);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<(string Shard, string SequenceNumber)> _known = [];
    private IDiskFile? _file;

    public async Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _file ??= Open();
            var lines = new ArrayBufferWriter<byte>();
            foreach (var letter in letters)
            {
                var isNumbered = letter.Record.SequenceNumber.Length > 0;
                if (isNumbered && !_known.Add((letter.Record.ShardId, letter.Record.SequenceNumber)))
                    continue;
                lines.Write(letter.ToJson().Span);
                lines.Write("\n"u8);
            }
            if (lines.WrittenCount == 0)
                return;
            _file.Write(lines.WrittenSpan, _file.Length);
            _file.Flush();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _turn.Dispose();
    }

    private IDiskFile Open()
    {
        var disk = LocalDisk.Instance;
        if (disk.FileExists(_path))
        {
            var existing = disk.Open(_path, writable: true);
            var whole = DeadLetterLines.Read(_path, letter =>
            {
                if (!IsSettled(letter.Record.ShardId, letter.Record.SequenceNumber))
                    _known.Add((letter.Record.ShardId, letter.Record.SequenceNumber));
            });
            if (whole < existing.Length)
                existing.SetLength(whole);
            return existing;
        }
        var directory = Path.GetDirectoryName(_path)!;
        disk.CreateDirectory(directory);
        var file = disk.Create(_path);
        disk.SyncDirectory(directory);
        return file;
    }

    private bool IsSettled(string shard, string sequenceNumber) =>
        checkpoints.TryGetValue(shard, out var settled) && SequenceOrder.Compare(sequenceNumber, settled) <= 0;
}
