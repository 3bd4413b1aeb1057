using Headrace.Bench.Ingest.Watching;
using Headrace.Bench.Processes;

namespace Headrace.Bench.Ingest;

/// <summary>A server that is measured: its process and what the rounds have shown of it.</summary>
/// <param name="Name">How the report calls it.</param>
/// <param name="Process">The running server.</param>
/// <param name="Stores">Whether it has streams, and keeps what it gets.</param>
/// <param name="Counts">Whether what it keeps can be read back and counted.</param>
/// <param name="Onlooker">Who looks at it while it is loaded; null: nobody.</param>
internal sealed record Contender(string Name, ServerProcess Process, bool Stores, bool Counts = true, IOnlooker? Onlooker = null)
{
    private readonly List<(WrkResult Wrk, CpuTime Cpu)> _rounds = [];

    public void Add(WrkResult wrk, CpuTime cpu) => _rounds.Add((wrk, cpu));

    /// <summary>Its medians over all rounds.</summary>
    public IngestFigures Figures() => new(
        Name,
        RecordsPerSecond: MedianOf(round => RateOf(round.Wrk)),
        P50Milliseconds: MedianOf(round => round.Wrk.P50 / 1e3),
        P99Milliseconds: MedianOf(round => round.Wrk.P99 / 1e3),
        UserMicrosecondsPerRecord: MedianOf(round => round.Cpu.User * 1e6 / Records(round.Wrk)),
        KernelMicrosecondsPerRecord: MedianOf(round => round.Cpu.Kernel * 1e6 / Records(round.Wrk)),
        Errors: _rounds.Sum(round => round.Wrk.SocketErrors + round.Wrk.StatusErrors));

    /// <summary>Which part fewer records it takes than another, by the median of what each round says: what drifts in the machine is in both.</summary>
    public double CostBeside(Contender other) => 1 - Median.Of(_rounds.Zip(other._rounds, (mine, others) => RateOf(mine.Wrk) / RateOf(others.Wrk)));

    private static double RateOf(WrkResult wrk) => Records(wrk) / (wrk.Microseconds / 1e6);

    private double MedianOf(Func<(WrkResult Wrk, CpuTime Cpu), double> figure) => Median.Of(_rounds.Select(figure));

    private static double Records(WrkResult wrk) => (double)wrk.Requests * IngestSettings.RecordsPerRequest;
}
