using System.Globalization;
using System.Text.Json;

namespace Headrace.Server.Kinesis;

/// <summary>
/// Shows an entry of PutRecords as AWS's messages do: with the name of their Java class and the hash of its members, which the
/// service's generated classes compute like a list's.
/// </summary>
internal static class PutRecordsEntryHash
{
    private const string ClassName = "com.amazonaws.kinesis.v20131202.PutRecordsRequestEntry";

    private static readonly int ClassHash = ListOf(HashOf(ClassName));

    public static string Show(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return "null";
        var hash = ListOf(ClassHash, DataHash(entry), TextHash(entry, "ExplicitHashKey"), TextHash(entry, "PartitionKey"));
        return $"{ClassName}@{hash.ToString("x", CultureInfo.InvariantCulture)}";
    }

    /// <summary>What can't be decoded is told as another fault, and shown nowhere.</summary>
    private static int DataHash(JsonElement entry)
    {
        if (!entry.TryGetProperty("Data", out var data) || data.ValueKind != JsonValueKind.String || !data.TryGetBytesFromBase64(out var bytes))
            return 0;
        var hash = 1;
        for (var i = bytes.Length - 1; i >= 0; i--)
            hash = unchecked((hash * 31) + (sbyte)bytes[i]);
        return hash;
    }

    private static int TextHash(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? HashOf(text.GetString()!) : 0;

    private static int HashOf(string text)
    {
        var hash = 0;
        foreach (var character in text)
            hash = unchecked((hash * 31) + character);
        return hash;
    }

    private static int ListOf(params ReadOnlySpan<int> hashes)
    {
        var hash = 1;
        foreach (var one in hashes)
            hash = unchecked((hash * 31) + one);
        return hash;
    }
}
