using Microsoft.Data.Sqlite;

namespace Headrace.ControlPlane;

/// <summary>A connection with the statements that it has run, which stay prepared: preparing one takes longer than most run. Not thread-safe.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>More than all rooms together have; migrations are run once and would only be in the way.</summary>
    private const int MaxStatements = 256;

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public SqliteCommand Get(string sql)
    {
        if (_commands.TryGetValue(sql, out var known))
            return known;
        if (_commands.Count == MaxStatements)
            Forget();
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return _commands[sql] = command;
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }
}
