using Microsoft.Extensions.Logging;

namespace Headrace.Pipelines.Tests;

/// <summary>One run of the group.</summary>
internal sealed class GroupMember : IProgress<PipelineProgress>, ILogger
{
    private int _lost;

    private volatile PipelineProgress _latest = new(0, 0, 0, new Dictionary<string, long>(), 0, 0, null);

    public Task<PipelineProgress> Running { get; set; } = null!;

    public PipelineProgress Latest => _latest;

    /// <summary>How often it said that it had lost a shard.</summary>
    public int Lost => _lost;

    public void Report(PipelineProgress value) => _latest = value;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception).StartsWith("lost the lease", StringComparison.Ordinal))
            Interlocked.Increment(ref _lost);
    }
}
