using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// Puts dead letters into a data stream, under the partition key they came with. Each series of a shard has a producer of its own, which
/// numbers them: so a letter is there once, also when it is posted again after a crash.
/// </summary>
/// <param name="client">Where the stream is.</param>
/// <param name="stream">The stream.</param>
/// <param name="names">Names the producers; null: the letters have no numbers.</param>
internal sealed class DeadLetterStream(KinesisClient client, string stream, ProducerNames? names) : DeadLetterOutlets
{
    protected override IOutlet Open(string shardId, string series) => new StreamOutlet(client, stream, names?.Of(shardId, series));

    protected override long NumberOf(DeadLetter letter) => letter.Number;

    /// <summary>What not even the dead letters take must not be passed over.</summary>
    protected override Task RefuseAsync(RefusedOutput letter) =>
        Task.FromException(new PipelineException($"stream {stream} does not take a dead letter of {letter.Output.Json.Length:N0} bytes: {letter.Reason}"));
}
