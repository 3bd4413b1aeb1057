using Headrace.Buckets.Checksums;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3.Bodies;

/// <summary>How S3 spells checksums in headers and documents.</summary>
internal static class ChecksumHeaders
{
    public const string TypeHeader = "x-amz-checksum-type";
    private const string Prefix = "x-amz-checksum-";

    /// <summary>The names in documents and in <c>x-amz-checksum-algorithm</c>.</summary>
    private static readonly Dictionary<string, ChecksumAlgorithm> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CRC32"] = ChecksumAlgorithm.Crc32,
        ["CRC32C"] = ChecksumAlgorithm.Crc32C,
        ["CRC64NVME"] = ChecksumAlgorithm.Crc64Nvme,
        ["SHA1"] = ChecksumAlgorithm.Sha1,
        ["SHA256"] = ChecksumAlgorithm.Sha256,
    };

    public static IEnumerable<ChecksumAlgorithm> All => ByName.Values;

    public static string NameOf(ChecksumAlgorithm algorithm) => algorithm.ToString().ToUpperInvariant();

    /// <summary>The element of a document that holds a value, such as <c>ChecksumCRC32</c>.</summary>
    public static string ElementOf(ChecksumAlgorithm algorithm) => "Checksum" + NameOf(algorithm);

    public static string HeaderOf(ChecksumAlgorithm algorithm) => Prefix + algorithm.ToString().ToLowerInvariant();

    public static string NameOf(ChecksumType type) => type == ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";

    /// <summary>The algorithm whose header this is; null when it is another header.</summary>
    public static ChecksumAlgorithm? OfHeader(string header) =>
        header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && ByName.TryGetValue(header[Prefix.Length..], out var algorithm) ? algorithm : null;

    /// <exception cref="S3Exception">InvalidRequest: there is no such algorithm.</exception>
    public static ChecksumAlgorithm? Parse(string? name)
    {
        if (name is null)
            return null;
        return ByName.TryGetValue(name, out var algorithm)
            ? algorithm
            : throw S3Exception.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
    }

    /// <exception cref="S3Exception">InvalidRequest: no such type, or one that the algorithm does not have.</exception>
    public static ChecksumType ParseType(string? name, ChecksumAlgorithm? algorithm)
    {
        var type = name switch
        {
            null => algorithm is null or ChecksumAlgorithm.Crc64Nvme ? ChecksumType.FullObject : ChecksumType.Composite,
            "COMPOSITE" => ChecksumType.Composite,
            "FULL_OBJECT" => ChecksumType.FullObject,
            _ => throw S3Exception.InvalidRequest("Value for x-amz-checksum-type header is invalid."),
        };
        var possible = type == ChecksumType.Composite
            ? algorithm is not (null or ChecksumAlgorithm.Crc64Nvme)
            : algorithm is not (ChecksumAlgorithm.Sha1 or ChecksumAlgorithm.Sha256);
        return possible
            ? type
            : throw S3Exception.InvalidRequest($"The {NameOf(type)} checksum type cannot be used with the {(algorithm is { } known ? NameOf(known) : "CRC64NVME")} checksum algorithm.");
    }

    public static void Write(IHeaderDictionary headers, ObjectChecksum? checksum)
    {
        if (checksum is null)
            return;
        headers[HeaderOf(checksum.Algorithm)] = checksum.Value;
        headers[TypeHeader] = NameOf(checksum.Type);
    }
}
