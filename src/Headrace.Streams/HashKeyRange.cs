namespace Headrace.Streams;

/// <summary>A range of 128-bit hash keys, both ends included.</summary>
public readonly record struct HashKeyRange(UInt128 Start, UInt128 End)
{
    public bool Contains(UInt128 hashKey) => hashKey >= Start && hashKey <= End;

    /// <summary>True when the other range begins right after this one ends.</summary>
    public bool Precedes(HashKeyRange other) => End != UInt128.MaxValue && End + 1 == other.Start;

    /// <summary>Cuts all hash keys into ranges of (nearly) equal size, as a new stream's shards have them.</summary>
    public static HashKeyRange[] Uniform(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count == 1)
            return [new HashKeyRange(0, UInt128.MaxValue)];
        var (size, rest) = UInt128.DivRem(UInt128.MaxValue, (UInt128)count);
        if (rest == (UInt128)count - 1)
            size += 1;
        var ranges = new HashKeyRange[count];
        for (var i = 0; i < count; i++)
        {
            var start = size * (UInt128)i;
            ranges[i] = new HashKeyRange(start, i == count - 1 ? UInt128.MaxValue : start + size - 1);
        }
        return ranges;
    }
}
