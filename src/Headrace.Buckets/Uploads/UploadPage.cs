namespace Headrace.Buckets.Uploads;

/// <summary>One page of a bucket's uploads that are under way, by key and id.</summary>
/// <param name="Uploads">The uploads that were not rolled up.</param>
/// <param name="CommonPrefixes">What others were rolled up into.</param>
/// <param name="LastKey">The key or common prefix to list on after; null when there is no more.</param>
/// <param name="LastId">The upload of that key to list on after; null when all of the key's were listed.</param>
public sealed record UploadPage(IReadOnlyList<MultipartUpload> Uploads, IReadOnlyList<string> CommonPrefixes, string? LastKey, string? LastId);
