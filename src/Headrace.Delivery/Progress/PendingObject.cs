using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Progress;

/// <summary>
/// An object that is about to be put, as it is recorded before the put: whoever finds it after a crash makes the same
/// object again, so that no record is missing and none is delivered twice. Immutable.
/// </summary>
/// <param name="SourceId">The source that the positions belong to.</param>
/// <param name="Bucket">Where the object goes.</param>
/// <param name="Key">Its key.</param>
/// <param name="Compression">How it is packed.</param>
/// <param name="Ranges">The records in it.</param>
internal sealed record PendingObject(long SourceId, string Bucket, string Key, CompressionFormat Compression, IReadOnlyList<ShardRange> Ranges);
