namespace Headrace.Streams.Settings;

/// <summary>Server-side encryption was switched on, to another key, or off.</summary>
/// <param name="SinceUnixMs">What arrives from then on is concerned, in milliseconds since 1970.</param>
/// <param name="KeyId">The key in the user's words; null: off.</param>
public sealed record EncryptionChange(long SinceUnixMs, string? KeyId);
