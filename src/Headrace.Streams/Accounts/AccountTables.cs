using Headrace.ControlPlane;
using Microsoft.Data.Sqlite;

namespace Headrace.Streams.Accounts;

/// <summary>Accounts' settings in the control database.</summary>
internal sealed class AccountTables(ControlDatabase database)
{
    private const string Schema = """
        CREATE TABLE billing_commitment (
            account TEXT NOT NULL, region TEXT NOT NULL,
            started_ms INTEGER, end_requested_ms INTEGER,
            PRIMARY KEY (account, region)) WITHOUT ROWID;
        """;

    public void Migrate() => database.Migrate("stream-accounts", Schema);

    public BillingCommitment LoadCommitment(AccountScope scope) => database.Read(session => session.Query(
        "SELECT started_ms, end_requested_ms FROM billing_commitment WHERE account = $account AND region = $region",
        row => new BillingCommitment(Time(row, 0), Time(row, 1)),
        ("$account", scope.AccountId),
        ("$region", scope.Region))).FirstOrDefault(BillingCommitment.Never);

    public void SaveCommitment(AccountScope scope, BillingCommitment commitment) => database.Write(session => session.Execute(
        "INSERT OR REPLACE INTO billing_commitment VALUES ($account, $region, $started, $ended)",
        ("$account", scope.AccountId), ("$region", scope.Region),
        ("$started", commitment.StartedAt?.ToUnixTimeMilliseconds()), ("$ended", commitment.EndRequestedAt?.ToUnixTimeMilliseconds())));

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
