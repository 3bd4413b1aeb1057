using System.Globalization;

namespace Headrace.Streams.Tests.Histories;

/// <summary>
/// STREAM_HISTORIES sets how many lives are lived, STREAM_SEED where to begin: a failure names its seed, which then fails again.
/// </summary>
public class StreamHistoryTests(ITestOutputHelper output)
{
    private const int Steps = 80;

    [Fact]
    public async Task No_record_is_lost_repeated_or_overtaken()
    {
        var histories = Setting("STREAM_HISTORIES") ?? 25;
        var first = Setting("STREAM_SEED") ?? Random.Shared.Next(1_000_000);
        output.WriteLine($"{histories} histories from STREAM_SEED={first} on");
        for (var seed = first; seed < first + histories; seed++)
        {
            try
            {
                await StreamHistory.RunAsync(seed, Steps);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"STREAM_SEED={seed}: {failure.Message}", failure);
            }
        }
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
