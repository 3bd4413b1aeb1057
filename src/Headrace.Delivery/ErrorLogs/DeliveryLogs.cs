using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Headrace.ControlPlane;

namespace Headrace.Delivery.ErrorLogs;

/// <summary>
/// What went wrong with deliveries, as lines in logs that are named as in CloudWatch Logs. The newest of each log are kept. A line that the
/// disk doesn't take is written with a later one. Thread-safe.
/// </summary>
public sealed class DeliveryLogs
{
    private const int MaxLines = 2_000;
    private const int MaxUnwritten = 1_000;

    // What a reader of the log sees should be what was said, not escapes.
    private static readonly ErrorLineDocument Json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });

    private readonly ControlDatabase _database;
    private readonly TimeProvider _time;
    private readonly Func<IEnumerable<DeliveryStream>> _streams;
    private readonly Lock _lock = new();
    private readonly Queue<(AccountScope Scope, LogName Name, long AtMs, string Message)> _unwritten = [];

    internal DeliveryLogs(ControlDatabase database, TimeProvider time, Func<IEnumerable<DeliveryStream>> streams)
    {
        _database = database;
        _time = time;
        _streams = streams;
        database.Migrate("delivery-logs", """
            CREATE TABLE delivery_log_lines (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                account TEXT NOT NULL,
                region TEXT NOT NULL,
                log_group TEXT NOT NULL,
                log_stream TEXT NOT NULL,
                at_ms INTEGER NOT NULL,
                message TEXT NOT NULL);
            CREATE INDEX delivery_log_lines_by_stream ON delivery_log_lines (account, region, log_group, log_stream, id);
            """);
    }

    /// <summary>All logs of an account in a region: those that have lines, and those that are configured.</summary>
    public List<LogName> Names(AccountScope scope) => [.. _database
        .Read(session => session.Query(
            "SELECT DISTINCT log_group, log_stream FROM delivery_log_lines WHERE account = $account AND region = $region",
            row => new LogName(row.GetString(0), row.GetString(1)),
            ("$account", scope.AccountId),
            ("$region", scope.Region)))
        .Concat(_streams().Where(stream => stream.Scope == scope).Select(LogName.Of))
        .Distinct()
        .OrderBy(name => name.Group, StringComparer.Ordinal)
        .ThenBy(name => name.Stream, StringComparer.Ordinal)];

    /// <summary>The lines of a log group in their order.</summary>
    public List<LogEvent> Read(AccountScope scope, string group, LogQuery query) => [.. _database
        .Read(session => session.Query(
            "SELECT id, log_stream, at_ms, message FROM delivery_log_lines WHERE account = $account AND region = $region AND log_group = $group ORDER BY id",
            row => new LogEvent(row.GetInt64(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.GetString(3)),
            ("$account", scope.AccountId),
            ("$region", scope.Region),
            ("$group", group)))
        .Where(line => query.Stream?.Invoke(line.Stream) != false && line.At >= query.From && line.At < query.To
            && query.Words.All(word => line.Message.Contains(word, StringComparison.Ordinal)))];

    /// <summary>Writes what went wrong.</summary>
    /// <param name="stream">With whose delivery.</param>
    /// <param name="code">AWS's code.</param>
    /// <param name="message">What it was.</param>
    /// <param name="processor">The function that failed; null where none did.</param>
    internal void Write(DeliveryStream stream, string code, string message, string? processor = null)
    {
        var line = JsonSerializer.Serialize(
            new ErrorLine(stream.Arn, stream.Destination.Endpoint?.Url ?? stream.Destination.BucketArn, stream.Current.Number, message, code, processor),
            Json.ErrorLine);
        lock (_lock)
        {
            _unwritten.Enqueue((stream.Scope, LogName.Of(stream), _time.GetUtcNow().ToUnixTimeMilliseconds(), line));
            if (_unwritten.Count > MaxUnwritten)
                _unwritten.Dequeue();
            try
            {
                _database.Write(WriteAll);
                _unwritten.Clear();
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException)
            {
                // The server's own log has it; so will this one, once the disk takes it.
            }
        }
    }

    private void WriteAll(DatabaseSession session)
    {
        foreach (var (scope, name, at, message) in _unwritten)
        {
            (string, object?)[] log = [("$account", scope.AccountId), ("$region", scope.Region), ("$group", name.Group), ("$stream", name.Stream)];
            session.Execute(
                "INSERT INTO delivery_log_lines (account, region, log_group, log_stream, at_ms, message) VALUES ($account, $region, $group, $stream, $at, $message)",
                [.. log, ("$at", at), ("$message", message)]);
            session.Execute(
                "DELETE FROM delivery_log_lines WHERE id IN (SELECT id FROM delivery_log_lines "
                + "WHERE account = $account AND region = $region AND log_group = $group AND log_stream = $stream ORDER BY id DESC LIMIT -1 OFFSET $kept)",
                [.. log, ("$kept", MaxLines)]);
        }
    }
}
