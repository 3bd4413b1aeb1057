using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Headrace.ControlPlane;

/// <summary>
/// The one SQLite database that holds everything but the data: streams, shards, delivery streams, objects' index.
/// Writes go through <see cref="Write{T}"/>, each whole or not at all and durable when the call returns (WAL, synchronous=FULL); those that
/// wait for one another are committed together. Reads use connections of their own and never wait for writers. Thread-safe.
/// </summary>
public sealed class ControlDatabase : IDisposable
{
    // SQLite's SQLITE_FULL and SQLITE_IOERR, and the errno that .NET's own exceptions carry for a full disk.
    private const int Full = 13;
    private const int InputOutputError = 10;
    private const int NoSpace = 28;

    private readonly string _connectionString;
    private readonly WriteQueue _writes;

    // Idle, and ready to be read from.
    private readonly ConcurrentBag<PreparedStatements> _readers = [];

    private ControlDatabase(string connectionString, SqliteConnection writer)
    {
        _connectionString = connectionString;
        _writes = new WriteQueue(new PreparedStatements(writer));
    }

    /// <summary>Opens or creates the database file; its directory must exist.</summary>
    /// <exception cref="IOException">The file cannot be used, or is no database.</exception>
    public static ControlDatabase Open(string path)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = true,
        }.ToString();
        SqliteConnection? writer = null;
        try
        {
            writer = Connect(connectionString);
            Execute(writer, "PRAGMA journal_mode=WAL");
            Execute(writer, "CREATE TABLE IF NOT EXISTS schema_version (room TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID");
            return new ControlDatabase(connectionString, writer);
        }
        catch (SqliteException failure)
        {
            writer?.Dispose();
            throw new IOException($"Cannot open the control database {path}: {failure.Message}", failure);
        }
    }

    /// <summary>
    /// Brings a room's tables up to date: the migrations beyond the recorded version run in order, each once, in one
    /// transaction. Migrations are only ever appended.
    /// </summary>
    public void Migrate(string room, params ReadOnlySpan<string> migrations)
    {
        var pending = migrations.ToArray();
        Write(session =>
        {
            var version = Convert.ToInt32(session.Scalar("SELECT version FROM schema_version WHERE room = $room", ("$room", room)) ?? 0L);
            for (; version < pending.Length; version++)
                session.Execute(pending[version]);
            session.Execute("INSERT OR REPLACE INTO schema_version VALUES ($room, $version)", ("$room", room), ("$version", version));
            return 0;
        });
    }

    /// <summary>Runs a transaction and commits it durably; an exception rolls all of it back.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public T Write<T>(Func<DatabaseSession, T> work)
    {
        try
        {
            return _writes.Run(work);
        }
        catch (SqliteException failure) when (IsOfDisk(failure))
        {
            throw DiskFailure(failure);
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<DatabaseSession> work) => Write(session =>
    {
        work(session);
        return 0;
    });

    /// <summary>Runs reads that see one consistent state.</summary>
    public T Read<T>(Func<DatabaseSession, T> work)
    {
        PreparedStatements? connection = _readers.TryTake(out var idle) ? idle : new PreparedStatements(Connect(_connectionString));
        try
        {
            using var transaction = connection.Connection.BeginTransaction(deferred: true);
            return work(new DatabaseSession(connection, transaction));
        }
        catch (SqliteException)
        {
            // What state it is in now is not worth asking.
            connection.Dispose();
            connection = null;
            throw;
        }
        finally
        {
            if (connection is not null)
                _readers.Add(connection);
        }
    }

    public void Dispose()
    {
        _writes.Close();
        foreach (var reader in _readers)
            reader.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
    }

    internal static bool IsOfDisk(SqliteException failure) => failure.SqliteErrorCode is Full or InputOutputError;

    private static IOException DiskFailure(SqliteException failure) => failure.SqliteErrorCode == Full
        ? new IOException("The control database cannot be written: No space left on device", NoSpace)
        : new IOException($"The control database cannot be written: {failure.Message}", failure);

    private static SqliteConnection Connect(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout=10000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
