using System.Diagnostics;
using System.Globalization;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>
/// What was acknowledged is there after any kill, and nothing else: <c>CRASH_CYCLES</c> sets how many kills, and
/// <c>CRASH_SEED</c> repeats the choices of a failed run.
/// </summary>
public sealed class KillHistoryTests(ITestOutputHelper output)
{
    private static readonly int Cycles = int.Parse(Environment.GetEnvironmentVariable("CRASH_CYCLES") ?? "20", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_record_is_where_its_acknowledgement_said_after_every_kill()
    {
        var seed = Environment.GetEnvironmentVariable("CRASH_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        var watch = Stopwatch.StartNew();
        await using var history = await KillHistory.BeginAsync(seed);
        var cycle = 0;
        try
        {
            for (; cycle < Cycles; cycle++)
                await history.CycleAsync();
            await history.CheckAllAsync();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"CRASH_SEED={seed} CRASH_CYCLES={Cycles}, cycle {cycle} after {history.Figures}: {failure.Message}\n{history.Server}", failure);
        }
        output.WriteLine($"CRASH_SEED={seed}: {Cycles} cycles, {history.Figures}, {watch.Elapsed.TotalSeconds:F0} s");
    }
}
