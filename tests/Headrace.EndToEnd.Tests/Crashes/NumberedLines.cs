using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// Lines that commands put into a stream, one file after the other, for as long as it is asked to. Each line is stored once, since the
/// commands number them, whatever is killed.
/// </summary>
/// <param name="server">Where the stream is.</param>
/// <param name="folder">Takes the files.</param>
/// <param name="stream">The stream.</param>
/// <param name="line">A line by its number, from 0.</param>
internal sealed class NumberedLines(ServerProcess server, TemporaryFolder folder, string stream, Func<int, string> line) : IAsyncDisposable
{
    private const int LinesEach = 3_000;

    private RunningProcess? _produce;
    private int _files;

    /// <summary>So many lines are in the stream when <see cref="EndAsync"/> has ended.</summary>
    public int Count => _files * LinesEach;

    /// <summary>Sees to it that lines are being put.</summary>
    public async Task KeepOnAsync()
    {
        if (_produce is { HasEnded: false })
            return;
        if (!await HasEndedWellAsync())
            return;
        folder.Write($"lines-{_files}.ndjson", string.Join('\n', Enumerable.Range(_files * LinesEach, LinesEach).Select(line)));
        _files++;
        Start();
    }

    /// <summary>Waits until all that was begun is in the stream.</summary>
    public async Task EndAsync()
    {
        while (!await HasEndedWellAsync())
        {
            // Once more.
        }
    }

    /// <summary>A command that met a server that was down when it started has failed; the same one is given again.</summary>
    private async Task<bool> HasEndedWellAsync()
    {
        if (_produce is null)
            return true;
        var ended = await _produce.EndAsync();
        await _produce.DisposeAsync();
        _produce = null;
        if (ended.ExitCode == 0)
            return true;
        ended.Error.ShouldContain("cannot reach", customMessage: ended.ToString());
        Start();
        return false;
    }

    private void Start() => _produce = server.Start(
        ["produce", "--stream", stream, "--file", folder.At($"lines-{_files - 1}.ndjson"), "--producer", $"lines-{_files - 1}", "--partition-key-from", "k", "--rate", "2000/s"]);

    public async ValueTask DisposeAsync()
    {
        if (_produce is not null)
            await _produce.DisposeAsync();
    }
}
