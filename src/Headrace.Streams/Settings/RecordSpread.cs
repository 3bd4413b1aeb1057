using System.Buffers.Binary;

namespace Headrace.Streams.Settings;

/// <summary>Hash keys for the records of a stream that distributes them itself: any run of them covers the whole range evenly.</summary>
internal static class RecordSpread
{
    /// <summary>2^128 over the golden ratio: adding it again and again never leaves a large gap, however many shards there are.</summary>
    private static readonly UInt128 Step = new(0x9E37_79B9_7F4A_7C15, 0xF39C_C060_5CED_C835);

    private static long _calls;

    /// <summary>Fills in the hash keys of one put.</summary>
    /// <param name="hashKeys">One for each record.</param>
    /// <param name="invocation">A client's call gets the same hash keys when it is repeated.</param>
    public static void Fill(Span<UInt128> hashKeys, PutInvocation? invocation)
    {
        var next = invocation is { } call ? Seed(call.Id) : unchecked(Step * (UInt128)(ulong)Interlocked.Add(ref _calls, hashKeys.Length));
        foreach (ref var hashKey in hashKeys)
        {
            hashKey = next;
            next = unchecked(next + Step);
        }
    }

    private static UInt128 Seed(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        // Some of a random id's bits are fixed: a multiplication by an odd number carries the others into them.
        return unchecked(BinaryPrimitives.ReadUInt128LittleEndian(bytes) * Step);
    }
}
