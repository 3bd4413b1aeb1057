namespace Headrace.Buckets.Uploads;

/// <summary>A part as the client names it when it completes an upload.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="ETag">Without quotes.</param>
/// <param name="Checksum">Base64, where the client states it.</param>
public readonly record struct PartReference(int Number, string ETag, string? Checksum = null);
