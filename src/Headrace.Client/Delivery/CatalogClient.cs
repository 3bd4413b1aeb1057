using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>
/// As much of the Glue Data Catalog as keeps the tables by which Firehose converts records. Thread-safe. Every call throws
/// <see cref="KinesisException"/> for what the service refuses and <see cref="EndpointUnreachableException"/> when nobody answers.
/// </summary>
public sealed class CatalogClient : IDisposable
{
    private readonly AwsJsonTransport _transport;

    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public CatalogClient(ClientOptions options) =>
        _transport = new AwsJsonTransport("glue", "AWSGlue", options, handler: null, TimeProvider.System);

    /// <summary>Creates a database.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task CreateDatabaseAsync(string name, CancellationToken cancellationToken = default) => DoAsync(
        "CreateDatabase",
        writer =>
        {
            writer.WriteStartObject("DatabaseInput");
            writer.WriteString("Name", name);
            writer.WriteEndObject();
        },
        cancellationToken);

    /// <summary>Creates a table in a database that is there.</summary>
    /// <param name="database">The database.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="columns">Names and Hive types, such as <c>array&lt;int&gt;</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task CreateTableAsync(string database, string name, IEnumerable<KeyValuePair<string, string>> columns, CancellationToken cancellationToken = default) => DoAsync(
        "CreateTable",
        writer =>
        {
            writer.WriteString("DatabaseName", database);
            writer.WriteStartObject("TableInput");
            writer.WriteString("Name", name);
            writer.WriteStartObject("StorageDescriptor");
            writer.WriteStartArray("Columns");
            foreach (var (column, type) in columns)
            {
                writer.WriteStartObject();
                writer.WriteString("Name", column);
                writer.WriteString("Type", type);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        },
        cancellationToken);

    /// <summary>One table.</summary>
    /// <param name="database">The database.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CatalogTable> GetTableAsync(string database, string name, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.CallAsync("GetTable", writer => WriteName(writer, database, name), cancellationToken);
        using var document = JsonDocument.Parse(answer.WrittenMemory);
        return Read(document.RootElement.GetProperty("Table"));
    }

    /// <summary>A database's tables by name; pages are fetched as they are needed.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<CatalogTable> ListTablesAsync(string database, CancellationToken cancellationToken = default) =>
        ListAsync("GetTables", "TableList", writer => writer.WriteString("DatabaseName", database), Read, cancellationToken);

    /// <summary>The names of all databases.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<string> ListDatabasesAsync(CancellationToken cancellationToken = default) =>
        ListAsync("GetDatabases", "DatabaseList", static _ => { }, static database => database.RequiredString("Name"), cancellationToken);

    /// <summary>Deletes a table with all of its versions.</summary>
    /// <param name="database">The database.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task DeleteTableAsync(string database, string name, CancellationToken cancellationToken = default) =>
        DoAsync("DeleteTable", writer => WriteName(writer, database, name), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private async Task DoAsync(string operation, Action<Utf8JsonWriter> write, CancellationToken cancellationToken) =>
        (await _transport.CallAsync(operation, write, cancellationToken)).Dispose();

    private async IAsyncEnumerable<T> ListAsync<T>(string operation, string member, Action<Utf8JsonWriter> write, Func<JsonElement, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            using var answer = await _transport.CallAsync(
                operation,
                writer =>
                {
                    write(writer);
                    if (token is not null)
                        writer.WriteString("NextToken", token);
                },
                cancellationToken);
            using var document = JsonDocument.Parse(answer.WrittenMemory);
            foreach (var item in document.RootElement.GetProperty(member).EnumerateArray())
                yield return read(item);
            token = document.RootElement.OptionalString("NextToken");
        }
        while (token is not null);
    }

    private static void WriteName(Utf8JsonWriter writer, string database, string name)
    {
        writer.WriteString("DatabaseName", database);
        writer.WriteString("Name", name);
    }

    private static CatalogTable Read(JsonElement table)
    {
        var columns = table.TryGetProperty("StorageDescriptor", out var storage) && storage.TryGetProperty("Columns", out var given)
            ? given.EnumerateArray().Select(column => KeyValuePair.Create(column.RequiredString("Name"), column.OptionalString("Type") ?? "")).ToList()
            : [];
        return new CatalogTable(table.RequiredString("DatabaseName"), table.RequiredString("Name"), columns, table.OptionalString("VersionId"));
    }
}
