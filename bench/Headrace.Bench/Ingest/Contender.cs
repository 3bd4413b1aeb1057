using Headrace.Bench.Processes;

namespace Headrace.Bench.Ingest;

/// <summary>A server that is measured: its process and what the rounds have shown of it.</summary>
/// <param name="Name">How the report calls it.</param>
/// <param name="Process">The running server.</param>
/// <param name="Stores">Whether it has streams, and keeps what it gets.</param>
/// <param name="Counts">Whether what it keeps can be read back and counted.</param>
internal sealed record Contender(string Name, ServerProcess Process, bool Stores, bool Counts = true)
{
    private readonly List<(WrkResult Wrk, CpuTime Cpu)> _rounds = [];

    public void Add(WrkResult wrk, CpuTime cpu) => _rounds.Add((wrk, cpu));

    /// <summary>Its medians over all rounds.</summary>
    public IngestFigures Figures() => new(
        Name,
        RecordsPerSecond: MedianOf(round => Records(round.Wrk) / (round.Wrk.Microseconds / 1e6)),
        P50Milliseconds: MedianOf(round => round.Wrk.P50 / 1e3),
        P99Milliseconds: MedianOf(round => round.Wrk.P99 / 1e3),
        UserMicrosecondsPerRecord: MedianOf(round => round.Cpu.User * 1e6 / Records(round.Wrk)),
        KernelMicrosecondsPerRecord: MedianOf(round => round.Cpu.Kernel * 1e6 / Records(round.Wrk)),
        Errors: _rounds.Sum(round => round.Wrk.SocketErrors + round.Wrk.StatusErrors));

    private double MedianOf(Func<(WrkResult Wrk, CpuTime Cpu), double> figure) => Median.Of(_rounds.Select(figure));

    private static double Records(WrkResult wrk) => (double)wrk.Requests * IngestSettings.RecordsPerRequest;
}
