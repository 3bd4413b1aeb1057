namespace Headrace.Buckets.Checksums;

/// <summary>A checksum that is kept with an object or a part.</summary>
/// <param name="Algorithm">How it was computed.</param>
/// <param name="Type">Over what.</param>
/// <param name="Value">Base64 of the big-endian value; a composite one is followed by <c>-</c> and the number of parts.</param>
public sealed record ObjectChecksum(ChecksumAlgorithm Algorithm, ChecksumType Type, string Value)
{
    internal string ToText() => $"{Algorithm}:{Type}:{Value}";

    internal static ObjectChecksum? FromText(string? text)
    {
        if (text?.Split(':') is not [var algorithm, var type, var value])
            return null;
        return new ObjectChecksum(Enum.Parse<ChecksumAlgorithm>(algorithm), Enum.Parse<ChecksumType>(type), value);
    }
}
