using System.Collections.Concurrent;

namespace Headrace.Jq;

/// <summary>Thread-safe: programs of one filter, as many as run at the same time.</summary>
public sealed class JqProgramPool : IDisposable
{
    private readonly ConcurrentBag<JqProgram> _free = [];
    private readonly string _filter;
    private volatile bool _disposed;

    /// <summary>Compiles the filter once, so that its faults show at once.</summary>
    /// <exception cref="JqSyntaxException">jq does not understand it.</exception>
    /// <exception cref="LibjqMissingException">jq is not installed.</exception>
    public JqProgramPool(string filter)
    {
        _filter = filter;
        _free.Add(JqProgram.Compile(filter));
    }

    /// <summary>A program for one thread at a time; give it back with <see cref="Return"/>.</summary>
    public JqProgram Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _free.TryTake(out var program) ? program : JqProgram.Compile(_filter);
    }

    /// <summary>Gives a program back; after the pool is gone it goes too.</summary>
    public void Return(JqProgram program)
    {
        _free.Add(program);
        if (_disposed)
            Drain();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Drain();
    }

    private void Drain()
    {
        while (_free.TryTake(out var program))
            program.Dispose();
    }
}
