using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Opens the place that a pipeline names for its dead letters.</summary>
internal static class DeadLetterOffice
{
    private const string StreamScheme = "stream:";

    /// <param name="client">Where a stream of letters is.</param>
    /// <param name="objects">Where buckets are.</param>
    /// <param name="place">A file's path, <c>stream:NAME</c> or <c>s3://BUCKET/PREFIX</c>.</param>
    /// <param name="checkpoints">How far each shard was settled when the run began.</param>
    /// <param name="names">Names the producers of a stream's letters; null: they have no numbers.</param>
    public static IDeadLetterOffice Open(KinesisClient client, IObjectStore? objects, string place, IReadOnlyDictionary<string, string> checkpoints, ProducerNames? names)
    {
        if (place.StartsWith(StreamScheme, StringComparison.Ordinal))
            return new DeadLetterStream(client, place[StreamScheme.Length..], names);
        if (!BucketAddress.TryParse(place, out var address))
            return new DeadLetterFile(place, checkpoints);
        return objects is null
            ? throw new ArgumentException("dead letters go to a bucket, for which an IObjectStore is needed", nameof(objects))
            : new DeadLetterBucket(objects, address, names);
    }
}
