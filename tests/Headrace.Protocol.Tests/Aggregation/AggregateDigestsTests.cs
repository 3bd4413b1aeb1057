using System.Security.Cryptography;
using CsCheck;
using Headrace.Protocol.Aggregation;

namespace Headrace.Protocol.Tests.Aggregation;

public sealed class AggregateDigestsTests
{
    private const int MagicBytes = 4;
    private const int DigestBytes = 16;

    [Fact]
    public void Digests_of_many_at_once_are_those_of_each_alone_and_nothing_else_is_written() =>
        Gen.OneOf(Gen.Int[0, 200], Gen.Int[0, 3_000]).Array[0, 40].Sample(lengths =>
        {
            var buffer = new byte[lengths.Sum(length => MagicBytes + length + DigestBytes)];
            new Random(lengths.Length).NextBytes(buffer);
            var expected = buffer.ToArray();
            var aggregates = new List<(int Start, int Length)>();
            var at = 0;
            foreach (var length in lengths)
            {
                aggregates.Add((at, MagicBytes + length + DigestBytes));
                MD5.HashData(expected.AsSpan(at + MagicBytes, length), expected.AsSpan(at + MagicBytes + length, DigestBytes));
                at += MagicBytes + length + DigestBytes;
            }

            AggregateDigests.Write(buffer, aggregates.ToArray());

            buffer.ShouldBe(expected);
        });

    [Fact]
    public void Every_length_around_a_blocks_end_is_padded_right()
    {
        for (var length = 0; length <= 200; length++)
        {
            var one = MagicBytes + length + DigestBytes;
            var buffer = new byte[2 * one];
            new Random(length).NextBytes(buffer);
            AggregateDigests.Write(buffer, [(0, one), (one, one)]);
            foreach (var start in (int[])[0, one])
                buffer.AsSpan(start + MagicBytes + length, DigestBytes).ToArray().ShouldBe(MD5.HashData(buffer.AsSpan(start + MagicBytes, length)));
        }
    }
}
