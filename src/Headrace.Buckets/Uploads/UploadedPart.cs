using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;

namespace Headrace.Buckets.Uploads;

/// <summary>A part that is wholly there.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="ETag">Hex MD5 of its bytes, without quotes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedAt">When it was put.</param>
/// <param name="Checksum">Of its bytes.</param>
public sealed record UploadedPart(int Number, string ETag, long Length, DateTimeOffset ModifiedAt, ObjectChecksum Checksum)
{
    internal IReadOnlyList<BodyFile> Files { get; init; } = [];
}
