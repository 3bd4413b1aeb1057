using System.Diagnostics;

namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>
/// Waits for what will become true. The deadlines are for hangs, not for slowness: they are far above what a busy machine needs.
/// </summary>
internal static class Deadline
{
    public static readonly TimeSpan OfStart = TimeSpan.FromMinutes(3);

    public static readonly TimeSpan OfCommand = TimeSpan.FromMinutes(10);

    public static Task UntilAsync(Func<bool> condition, string what, TimeSpan? deadline = null) =>
        UntilAsync(() => Task.FromResult(condition()), what, deadline);

    /// <exception cref="TimeoutException"><paramref name="condition"/> did not become true; the message says <paramref name="what"/> was awaited.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null)
    {
        var limit = deadline ?? OfStart;
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > limit)
                throw new TimeoutException($"Not within {limit}: {what}.");
            await Task.Delay(10);
        }
    }
}
