using Microsoft.Data.Sqlite;

namespace Headrace.ControlPlane;

/// <summary>
/// Transactions that wait for the one writer. Whoever comes while it is free commits all that wait; whoever comes meanwhile waits, and the
/// first of these commits the next ones together: one flush for all, each undone by itself where it fails. Thread-safe.
/// </summary>
internal sealed class WriteQueue(PreparedStatements writer)
{
    private readonly Lock _lock = new();

    // Held while the connection is used.
    private readonly Lock _writing = new();

    // Guarded by _lock.
    private List<WaitingWrite> _waiting = [];
    private bool _isWriting;

    /// <summary>Returns when the work is committed.</summary>
    /// <exception cref="Exception">What the work, or the commit, threw; then nothing of the work is there.</exception>
    public T Run<T>(Func<DatabaseSession, T> work)
    {
        var write = new WaitingWrite<T>(work);
        bool leads;
        lock (_lock)
        {
            _waiting.Add(write);
            leads = !_isWriting;
            _isWriting = true;
        }
        // Woken either because it is done, or because it is the first of those that wait.
        if (leads || write.WaitForTurn())
            CommitWaiting();
        return write.Result();
    }

    /// <summary>Closes the connection, after the transaction that is under way.</summary>
    public void Close()
    {
        lock (_writing)
            writer.Dispose();
    }

    private void CommitWaiting()
    {
        List<WaitingWrite> batch;
        lock (_lock)
            (batch, _waiting) = (_waiting, []);
        lock (_writing)
            Commit(batch);
        lock (_lock)
        {
            if (_waiting is [var next, ..])
                next.GiveTurn();
            else
                _isWriting = false;
        }
        foreach (var write in batch)
            write.Complete();
    }

    private void Commit(List<WaitingWrite> batch)
    {
        try
        {
            using var transaction = writer.Connection.BeginTransaction(deferred: false);
            var session = new DatabaseSession(writer, transaction);
            foreach (var write in batch)
            {
                if (batch.Count == 1)
                    write.Run(session);
                else
                    RunAlone(write, session);
            }
            // What failed alone leaves nothing to commit.
            if (batch is [{ Failure: not null }])
                return;
            transaction.Commit();
        }
        catch (Exception failure)
        {
            foreach (var write in batch)
                write.Fail(failure);
        }
    }

    /// <summary>Undoes what a failed work did, and nothing that the others did.</summary>
    private static void RunAlone(WaitingWrite write, DatabaseSession session)
    {
        session.Execute("SAVEPOINT work");
        write.Run(session);
        if (write.Failure is SqliteException failure && ControlDatabase.IsOfDisk(failure))
            throw failure;
        if (write.Failure is not null)
            session.Execute("ROLLBACK TO work");
        session.Execute("RELEASE work");
    }
}
