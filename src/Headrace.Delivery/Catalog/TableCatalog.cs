using System.Globalization;
using System.Text.Json;
using Headrace.ControlPlane;

namespace Headrace.Delivery.Catalog;

/// <summary>
/// The tables that records are converted by: their columns, in every version that there was. Names are in lower case, whatever
/// case they are asked for in. Every change is durable when its method returns. Thread-safe.
/// </summary>
public sealed class TableCatalog
{
    private readonly ControlDatabase _database;
    private readonly TimeProvider _time;
    private long _revision;

    internal TableCatalog(ControlDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
        database.Migrate("catalog", """
            CREATE TABLE catalog_databases (
                account TEXT NOT NULL,
                region TEXT NOT NULL,
                name TEXT NOT NULL,
                input TEXT NOT NULL,
                created_ms INTEGER NOT NULL,
                PRIMARY KEY (account, region, name)) WITHOUT ROWID;
            CREATE TABLE catalog_tables (
                account TEXT NOT NULL,
                region TEXT NOT NULL,
                database TEXT NOT NULL,
                name TEXT NOT NULL,
                version INTEGER NOT NULL,
                input TEXT NOT NULL,
                created_ms INTEGER NOT NULL,
                updated_ms INTEGER NOT NULL,
                PRIMARY KEY (account, region, database, name, version),
                FOREIGN KEY (account, region, database) REFERENCES catalog_databases (account, region, name) ON DELETE CASCADE) WITHOUT ROWID;
            """);
    }

    /// <summary>Another number after every change.</summary>
    internal long Revision => Interlocked.Read(ref _revision);

    /// <exception cref="CatalogException">AlreadyExists.</exception>
    public void CreateDatabase(AccountScope scope, string name, string input) => Change(session =>
    {
        if (Exists(session, scope, name))
            throw new CatalogException(CatalogFault.AlreadyExists, "Database already exists.");
        session.Execute(
            "INSERT INTO catalog_databases (account, region, name, input, created_ms) VALUES ($account, $region, $name, $input, $now)",
            [.. Key(scope), ("$name", Folded(name)), ("$input", input), ("$now", Now())]);
    });

    /// <exception cref="CatalogException">NotFound.</exception>
    public void UpdateDatabase(AccountScope scope, string name, string input) => Change(session =>
    {
        Require(session, scope, name);
        session.Execute(
            "UPDATE catalog_databases SET input = $input WHERE account = $account AND region = $region AND name = $name",
            [.. Key(scope), ("$name", Folded(name)), ("$input", input)]);
    });

    /// <summary>Removes a database with its tables.</summary>
    /// <exception cref="CatalogException">NotFound.</exception>
    public void DeleteDatabase(AccountScope scope, string name) => Change(session =>
    {
        Require(session, scope, name);
        session.Execute("DELETE FROM catalog_databases WHERE account = $account AND region = $region AND name = $name", [.. Key(scope), ("$name", Folded(name))]);
    });

    /// <exception cref="CatalogException">NotFound.</exception>
    public CatalogDatabase GetDatabase(AccountScope scope, string name) =>
        Databases(scope).Find(database => database.Name == Folded(name)) ?? throw NoDatabase(name);

    /// <summary>All databases in the order of their names.</summary>
    public List<CatalogDatabase> Databases(AccountScope scope) => _database.Read(session => session.Query(
        "SELECT name, input, created_ms FROM catalog_databases WHERE account = $account AND region = $region ORDER BY name",
        row => new CatalogDatabase(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))),
        Key(scope)));

    /// <exception cref="CatalogException">NotFound (the database), AlreadyExists or InvalidInput.</exception>
    public void CreateTable(AccountScope scope, string database, string name, string input)
    {
        CheckColumns(input);
        Change(session =>
        {
            Require(session, scope, database);
            if (Versions(session, scope, database, name).Count > 0)
                throw new CatalogException(CatalogFault.AlreadyExists, "Table already exists.");
            Insert(session, scope, database, name, version: 0, input, Now());
        });
    }

    /// <summary>Gives a table another definition, as its next version.</summary>
    /// <exception cref="CatalogException">NotFound or InvalidInput.</exception>
    public void UpdateTable(AccountScope scope, string database, string name, string input)
    {
        CheckColumns(input);
        Change(session =>
        {
            Require(session, scope, database);
            var newest = Versions(session, scope, database, name).FirstOrDefault() ?? throw NoTable(name);
            Insert(session, scope, database, name, newest.Version + 1, input, newest.CreatedAt.ToUnixTimeMilliseconds());
        });
    }

    /// <summary>Removes a table with all its versions.</summary>
    /// <exception cref="CatalogException">NotFound.</exception>
    public void DeleteTable(AccountScope scope, string database, string name) => Change(session =>
    {
        Require(session, scope, database);
        var deleted = session.Query(
            "DELETE FROM catalog_tables WHERE account = $account AND region = $region AND database = $database AND name = $name RETURNING version",
            row => row.GetInt64(0),
            [.. Key(scope), ("$database", Folded(database)), ("$name", Folded(name))]);
        if (deleted.Count == 0)
            throw NoTable(name);
    });

    /// <summary>A table's newest version, or the one of a number.</summary>
    /// <exception cref="CatalogException">NotFound.</exception>
    public CatalogTable GetTable(AccountScope scope, string database, string name, string? version = null)
    {
        var versions = GetVersions(scope, database, name);
        if (version is null)
            return versions[0];
        return versions.Find(table => table.Version.ToString(CultureInfo.InvariantCulture) == version)
            ?? throw new CatalogException(CatalogFault.NotFound, "Version not found.");
    }

    /// <summary>All versions of a table, the newest first.</summary>
    /// <exception cref="CatalogException">NotFound.</exception>
    public List<CatalogTable> GetVersions(AccountScope scope, string database, string name) => _database.Read(session =>
    {
        Require(session, scope, database);
        return Versions(session, scope, database, name) is { Count: > 0 } versions ? versions : throw NoTable(name);
    });

    /// <summary>The newest version of each of a database's tables, in the order of their names.</summary>
    /// <exception cref="CatalogException">NotFound.</exception>
    public List<CatalogTable> Tables(AccountScope scope, string database) => _database.Read(session =>
    {
        Require(session, scope, database);
        return session.Query(
            "SELECT database, name, max(version), input, created_ms, updated_ms FROM catalog_tables "
            + "WHERE account = $account AND region = $region AND database = $database GROUP BY name ORDER BY name",
            ReadTable,
            [.. Key(scope), ("$database", Folded(database))]);
    });

    private static List<CatalogTable> Versions(DatabaseSession session, AccountScope scope, string database, string name) => session.Query(
        "SELECT database, name, version, input, created_ms, updated_ms FROM catalog_tables "
        + "WHERE account = $account AND region = $region AND database = $database AND name = $name ORDER BY version DESC",
        ReadTable,
        [.. Key(scope), ("$database", Folded(database)), ("$name", Folded(name))]);

    private static CatalogTable ReadTable(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetInt64(2),
        row.GetString(3),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));

    private void Insert(DatabaseSession session, AccountScope scope, string database, string name, long version, string input, long createdMs) => session.Execute(
        "INSERT INTO catalog_tables (account, region, database, name, version, input, created_ms, updated_ms) "
        + "VALUES ($account, $region, $database, $name, $version, $input, $created, $now)",
        [.. Key(scope), ("$database", Folded(database)), ("$name", Folded(name)), ("$version", version), ("$input", input), ("$created", createdMs), ("$now", Now())]);

    /// <summary>A table whose columns nobody could read is refused when it is given, not when records come.</summary>
    private static void CheckColumns(string input)
    {
        try
        {
            using var document = JsonDocument.Parse(input);
            TableColumns.Of(document.RootElement);
        }
        catch (FormatException fault)
        {
            throw new CatalogException(CatalogFault.InvalidInput, fault.Message);
        }
    }

    private void Change(Action<DatabaseSession> change)
    {
        _database.Write(change);
        Interlocked.Increment(ref _revision);
    }

    private static bool Exists(DatabaseSession session, AccountScope scope, string database) => session.Scalar(
        "SELECT 1 FROM catalog_databases WHERE account = $account AND region = $region AND name = $name",
        [.. Key(scope), ("$name", Folded(database))]) is not null;

    private static void Require(DatabaseSession session, AccountScope scope, string database)
    {
        if (!Exists(session, scope, database))
            throw NoDatabase(database);
    }

    private static (string Name, object? Value)[] Key(AccountScope scope) => [("$account", scope.AccountId), ("$region", scope.Region)];

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Folded(string name) => name.ToLowerInvariant();

    private static CatalogException NoDatabase(string name) => new(CatalogFault.NotFound, $"Database {Folded(name)} not found.");

    private static CatalogException NoTable(string name) => new(CatalogFault.NotFound, $"Table {Folded(name)} not found.");
}
