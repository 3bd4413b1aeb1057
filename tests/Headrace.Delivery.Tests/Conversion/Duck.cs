using DuckDB.NET.Data;

namespace Headrace.Delivery.Tests.Conversion;

/// <summary>Asks DuckDB, which nobody here wrote, what stands in a Parquet file.</summary>
internal static class Duck
{
    /// <summary>The rows of a query over the file, which the query calls <c>FILE</c>; columns as texts, with bars between them.</summary>
    public static List<string> Ask(byte[] parquet, string query)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, parquet);
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = query.Replace("FILE", $"'{path}'", StringComparison.Ordinal);
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetString(i))));
            return rows;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Columns of all rows as texts.</summary>
    public static List<string> Rows(byte[] parquet, params string[] columns) =>
        Ask(parquet, $"SELECT {string.Join(", ", columns.Select(column => $"CAST(\"{column}\" AS VARCHAR)"))} FROM read_parquet(FILE)");
}
