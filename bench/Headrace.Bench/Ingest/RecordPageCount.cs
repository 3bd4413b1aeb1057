using System.Buffers.Text;
using System.Text.Json;

namespace Headrace.Bench.Ingest;

/// <summary>What an answer of GetRecords holds, without keeping its records.</summary>
/// <param name="Records">How many.</param>
/// <param name="NextShardIterator">Where to go on; null at the end of a closed shard.</param>
/// <param name="MillisBehindLatest">How far behind the newest record the answer ends.</param>
internal readonly record struct RecordPageCount(int Records, string? NextShardIterator, long MillisBehindLatest)
{
    /// <exception cref="BenchmarkException">A record has not the length that was sent.</exception>
    public static RecordPageCount Of(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        var records = 0;
        string? next = null;
        var behind = 0L;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.ValueTextEquals("Data"u8))
            {
                reader.Read();
                if (!Base64.IsValid(reader.ValueSpan, out var length) || length != IngestSettings.DataBytes)
                    throw new BenchmarkException($"a record has {length} bytes where {IngestSettings.DataBytes} were sent");
                records++;
            }
            else if (reader.ValueTextEquals("NextShardIterator"u8))
            {
                reader.Read();
                next = reader.GetString();
            }
            else if (reader.ValueTextEquals("MillisBehindLatest"u8))
            {
                reader.Read();
                behind = reader.GetInt64();
            }
        }
        return new RecordPageCount(records, next, behind);
    }
}
