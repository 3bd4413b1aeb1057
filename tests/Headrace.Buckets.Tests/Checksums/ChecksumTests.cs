using System.Text;
using CsCheck;
using Headrace.Buckets.Checksums;

namespace Headrace.Buckets.Tests.Checksums;

public sealed class ChecksumTests
{
    // The check values that each algorithm's definition gives for "123456789".
    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32, "CBF43926")]
    [InlineData(ChecksumAlgorithm.Crc32C, "E3069283")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, "AE8B14860A799888")]
    [InlineData(ChecksumAlgorithm.Sha1, "F7C3BC1D808E04732ADF679965CCC34CA7AE3441")]
    [InlineData(ChecksumAlgorithm.Sha256, "15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225")]
    public void EachIsTheOneOfItsName(ChecksumAlgorithm algorithm, string expected) =>
        Convert.ToHexString(Of(algorithm, Encoding.ASCII.GetBytes("123456789"))).ShouldBe(expected);

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32)]
    [InlineData(ChecksumAlgorithm.Crc32C)]
    [InlineData(ChecksumAlgorithm.Crc64Nvme)]
    public void ThePartsChecksumsCombineIntoThatOfTheWhole(ChecksumAlgorithm algorithm) =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 300]).Sample((first, second) =>
            CyclicCombination.Combine(algorithm, Of(algorithm, first), Of(algorithm, second), second.Length)
                .AsSpan().SequenceEqual(Of(algorithm, [.. first, .. second])));

    private static byte[] Of(ChecksumAlgorithm algorithm, byte[] bytes)
    {
        using var hash = ChecksumHash.Create(algorithm);
        hash.Append(bytes);
        return hash.Value();
    }
}
