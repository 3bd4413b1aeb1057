using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Opens the place that a pipeline names for its dead letters.</summary>
internal static class DeadLetterOffice
{
    private const string StreamScheme = "stream:";

    /// <param name="client">Where a stream of letters is.</param>
    /// <param name="place">A file's path, or <c>stream:NAME</c>.</param>
    /// <param name="checkpoints">How far each shard was settled when the run began.</param>
    /// <param name="names">Names the producers of a stream's letters; null: they have no numbers.</param>
    public static IDeadLetterOffice Open(KinesisClient client, string place, IReadOnlyDictionary<string, string> checkpoints, ProducerNames? names) =>
        place.StartsWith(StreamScheme, StringComparison.Ordinal)
            ? new DeadLetterStream(client, place[StreamScheme.Length..], names)
            : new DeadLetterFile(place, checkpoints);
}
