using Headrace.Bench.Processes;

namespace Headrace.Bench.Measuring;

/// <summary>What every benchmark is given.</summary>
/// <param name="Root">The repository's root.</param>
/// <param name="Rounds">How many rounds the medians are over.</param>
/// <param name="Folder">An empty folder, removed at the end.</param>
/// <param name="Progress">Lines about how far it is.</param>
internal sealed record MeasuringSettings(string Root, int Rounds, DataFolder Folder, TextWriter Progress)
{
    /// <summary>The command, as it was built.</summary>
    public string ServerDll => Path.Combine(Root, "src/Headrace.Cli/bin/Release/net10.0/headrace.dll");

    /// <summary>Starts the bare endpoint; with a folder it keeps files there.</summary>
    public Task<ServerProcess> StartSinkAsync(CancellationToken cancellation, params string[] folder) =>
        ServerProcess.StartAsync(Path.Combine(Root, "bench/Headrace.Bench.Sink/bin/Release/net10.0/Headrace.Bench.Sink.dll"), folder, cancellation);

    /// <summary>Starts the server with fsync on a folder inside <see cref="Folder"/>; ready when this completes.</summary>
    public Task<ServerProcess> StartServerAsync(string data, CancellationToken cancellation, params string[] more) =>
        ServerProcess.StartAsync(
            ServerDll,
            ["serve", "--data", Path.Combine(Folder.Path, data), "--listen", "127.0.0.1:0", "--durability", "fsync", "--state-delay", "0s", .. more],
            cancellation);
}
