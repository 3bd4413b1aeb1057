using System.Diagnostics;

namespace Headrace.Cli.Tests;

/// <summary>Waits for something that will become true, and no longer than it takes.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, TimeSpan deadline)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > deadline)
                throw new TimeoutException($"It did not become true within {deadline}.");
            await Task.Delay(10);
        }
    }
}
