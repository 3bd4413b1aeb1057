namespace Headrace.ShardLog;

/// <summary>Picks one shard's records out of a frame's.</summary>
internal static class RecordScan
{
    /// <summary>Adds the shard's records in [from, end) to the page; false when a limit, or a gap in the positions, ended it, so that no later frame may follow.</summary>
    public static bool Add(ReadOnlySpan<byte> records, int shard, long from, long end, long timeUnixMs, ReadLimits limits, RecordPage page)
    {
        while (records.Length > 0)
        {
            var length = RecordFormat.LengthOf(records);
            if (RecordFormat.Shard(records) == shard)
            {
                var position = RecordFormat.Position(records);
                if (position >= end)
                    return false;
                if (position >= from && !TryAdd(records, position, timeUnixMs, limits, page))
                    return false;
            }
            records = records[length..];
        }
        return true;
    }

    private static bool TryAdd(ReadOnlySpan<byte> record, long position, long timeUnixMs, ReadLimits limits, RecordPage page)
    {
        var keyLength = RecordFormat.KeyLength(record);
        var dataLength = RecordFormat.DataLength(record);
        // A shard's positions have no gaps: what does not follow was not lost to be skipped.
        if (position != page.NextPosition)
            return false;
        if (page.Count >= limits.MaxRecords || (page.Count > 0 && page.ByteLength + keyLength + dataLength > limits.MaxBytes))
            return false;
        page.Add(position, timeUnixMs, record.Slice(RecordFormat.HeaderLength, keyLength), record.Slice(RecordFormat.HeaderLength + keyLength, dataLength));
        page.NextPosition = position + 1;
        return true;
    }
}
