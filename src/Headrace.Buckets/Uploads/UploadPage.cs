namespace Headrace.Buckets.Uploads;

/// <summary>One page of a bucket's uploads that are under way, by key and id.</summary>
/// <param name="Uploads">The uploads.</param>
/// <param name="IsTruncated">True when there are more after the last of them.</param>
public sealed record UploadPage(IReadOnlyList<MultipartUpload> Uploads, bool IsTruncated);
