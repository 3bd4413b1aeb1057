namespace Headrace.Server.Hosting;

/// <summary>
/// Keeps requests from waiting for a thread while others wait for the disk. Every stream's log holds a thread of the pool as long
/// as a flush lasts, and beyond its minimum, one thread a core, the pool grows by one or two a second.
/// </summary>
internal static class FlushThreads
{
    /// <summary>So many logs may flush at once without taking the threads that requests run on.</summary>
    private const int Reserved = 16;

    public static void Reserve()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + Reserved), completions);
    }
}
