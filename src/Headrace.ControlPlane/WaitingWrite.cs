using System.Runtime.ExceptionServices;

namespace Headrace.ControlPlane;

/// <summary>A transaction that waits for its turn, and what came of it.</summary>
internal abstract class WaitingWrite
{
    private readonly object _gate = new();

    // Guarded by _gate.
    private bool _isDone;
    private bool _hasTurn;

    /// <summary>What the work or the commit threw; null while all is well.</summary>
    public Exception? Failure { get; private set; }

    public void Run(DatabaseSession session)
    {
        try
        {
            Work(session);
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    /// <summary>The transaction that it was part of failed.</summary>
    public void Fail(Exception failure) => Failure ??= failure;

    /// <summary>Waits until it is done, which is false, or is to commit those that wait, itself among them.</summary>
    public bool WaitForTurn()
    {
        lock (_gate)
        {
            while (!_isDone && !_hasTurn)
                Monitor.Wait(_gate);
            return !_isDone;
        }
    }

    public void GiveTurn()
    {
        lock (_gate)
        {
            _hasTurn = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _isDone = true;
            Monitor.Pulse(_gate);
        }
    }

    protected abstract void Work(DatabaseSession session);

    protected void ThrowFailure()
    {
        if (Failure is not null)
            ExceptionDispatchInfo.Throw(Failure);
    }
}

/// <summary>One that gives something back.</summary>
internal sealed class WaitingWrite<T>(Func<DatabaseSession, T> work) : WaitingWrite
{
    private T _result = default!;

    /// <exception cref="Exception">What the work or the commit threw.</exception>
    public T Result()
    {
        ThrowFailure();
        return _result;
    }

    protected override void Work(DatabaseSession session) => _result = work(session);
}
