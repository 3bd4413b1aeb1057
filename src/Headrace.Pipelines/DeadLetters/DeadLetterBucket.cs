namespace Headrace.Pipelines;

/// <summary>Writes dead letters into a bucket, a line each, those that are posted together in one object. Each is there once, as in a <see cref="DeadLetterStream"/>.</summary>
/// <param name="store">Where buckets are.</param>
/// <param name="address">The place in one.</param>
/// <param name="names">Names the producers; null: the letters have no numbers.</param>
internal sealed class DeadLetterBucket(IObjectStore store, BucketAddress address, ProducerNames? names) : DeadLetterOutlets
{
    protected override IOutlet Open(string shardId, string series) =>
        new BucketOutlet(new ObjectChain(store, address, ProducerNames.Of(names, shardId, series)), TimeSpan.Zero);

    protected override long NumberOf(DeadLetter letter) => names is null ? OutputNumber.None : letter.Number;

    /// <summary>A bucket takes every letter.</summary>
    protected override Task RefuseAsync(RefusedOutput letter) => Task.CompletedTask;
}
