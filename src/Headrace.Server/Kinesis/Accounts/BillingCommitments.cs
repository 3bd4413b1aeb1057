using System.Text.Json;
using Headrace.Streams.Accounts;

namespace Headrace.Server.Kinesis.Accounts;

/// <summary>Writes what the two operations on account settings answer.</summary>
internal static class BillingCommitments
{
    public const string Member = "MinimumThroughputBillingCommitment";

    public static void WriteCommitment(this Utf8JsonWriter writer, BillingCommitment commitment, CommitmentStatus status)
    {
        writer.WriteStartObject(Member);
        writer.WriteString("Status", status switch
        {
            CommitmentStatus.Enabled => "ENABLED",
            CommitmentStatus.EnabledUntilEarliestAllowedEnd => "ENABLED_UNTIL_EARLIEST_ALLOWED_END",
            _ => "DISABLED",
        });
        if (commitment.StartedAt is { } started)
            writer.WriteTimestamp("StartedAt", started);
        if (status == CommitmentStatus.Disabled && commitment.EndsAt is { } ended)
            writer.WriteTimestamp("EndedAt", ended);
        if (status != CommitmentStatus.Disabled && commitment.EarliestAllowedEndAt is { } earliest)
            writer.WriteTimestamp("EarliestAllowedEndAt", earliest);
        writer.WriteEndObject();
    }
}
