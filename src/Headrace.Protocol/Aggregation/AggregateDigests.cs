using System.Security.Cryptography;

namespace Headrace.Protocol.Aggregation;

/// <summary>The digests that aggregates end with, of many aggregates at once: that is several times faster than one after another.</summary>
public static class AggregateDigests
{
    /// <summary>Writes what <see cref="AggregateWriter.WriteWithoutDigest"/> left out.</summary>
    /// <param name="buffer">The aggregates.</param>
    /// <param name="aggregates">Where they begin, and their lengths, digests included.</param>
    public static void Write(Span<byte> buffer, ReadOnlySpan<(int Start, int Length)> aggregates)
    {
        Span<(int Start, int Length)> messages = aggregates.Length <= 64 ? stackalloc (int, int)[aggregates.Length] : new (int, int)[aggregates.Length];
        for (var i = 0; i < aggregates.Length; i++)
            messages[i] = (aggregates[i].Start + AggregateFormat.MagicLength, aggregates[i].Length - AggregateFormat.Overhead);
        if (ParallelMd5.IsAccelerated && messages.Length > 1)
        {
            ParallelMd5.WriteDigests(buffer, messages);
            return;
        }
        foreach (var (start, length) in messages)
            MD5.HashData(buffer.Slice(start, length), buffer.Slice(start + length, AggregateFormat.DigestLength));
    }
}
