using Headrace.Files;

namespace Headrace.Pipelines;

/// <summary>Appends dead letters to a file, one a line. The file is made by the first letter.</summary>
internal sealed class DeadLetterFile(string path) : IDeadLetterOffice
{
    private readonly string _path = Path.GetFullPath(path);
    private readonly SemaphoreSlim _turn = new(1);
    private IDiskFile? _file;

    public async Task PostAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var json = letter.ToJson();
        var line = new byte[json.Length + 1];
        json.CopyTo(line);
        line[^1] = (byte)'\n';
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _file ??= Open();
            _file.Write(line, _file.Length);
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
            return disk.Open(_path, writable: true);
        var directory = Path.GetDirectoryName(_path)!;
        disk.CreateDirectory(directory);
        var file = disk.Create(_path);
        disk.SyncDirectory(directory);
        return file;
    }
}
