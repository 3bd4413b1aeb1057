using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Delivery.Tables;

/// <summary>A table as users write it: <c>DATABASE.TABLE</c>.</summary>
internal readonly record struct TableName(string Database, string Table)
{
    /// <exception cref="UsageException">It is no such text.</exception>
    public static TableName Parse(string text) => text.Split('.') is [{ Length: > 0 } database, { Length: > 0 } table]
        ? new TableName(database, table)
        : throw new UsageException($"a table is DATABASE.TABLE, such as lake.sessions, not '{text}'");
}
