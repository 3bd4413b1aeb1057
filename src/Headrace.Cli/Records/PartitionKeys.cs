using System.Globalization;
using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Records;

/// <summary>
/// Chooses each record's partition key: a fixed one, the value of a member, or by default the <c>session_id</c> where
/// the record has one and a random key otherwise.
/// </summary>
internal sealed class PartitionKeys(string? key, string? field)
{
    private const string DefaultField = "session_id";
    private const int Longest = 256;

    /// <exception cref="CommandFailedException">The record lacks the member, or its value cannot be a key (1 to 256 characters).</exception>
    public string Of(RecordLine record)
    {
        if (key is not null)
            return key;
        var value = RecordField.Find(record.Data.Span, field ?? DefaultField);
        if (value is { Length: > 0 and <= Longest })
            return value;
        if (field is null)
            return Random();
        throw new CommandFailedException(value is null
            ? $"record {record.Number} has no member '{field}' to take the partition key from; use --partition-key, or another member"
            : $"record {record.Number}: '{field}' has {value.Length} characters, and a partition key has 1 to {Longest}");
    }

    private static string Random() => System.Random.Shared.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
}
