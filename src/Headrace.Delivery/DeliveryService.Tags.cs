using Headrace.ControlPlane;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Destinations;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

// Tags, and the compaction that some of them ask for.
public sealed partial class DeliveryService
{
    private readonly Lock _tagging = new();

    /// <inheritdoc cref="DeliveryTables.Tags"/>
    public IReadOnlyList<KeyValuePair<string, string>> ListTags(AccountScope scope, string name) => _tables.Tags(Get(scope, name).Id);

    /// <summary>Adds tags or replaces their values.</summary>
    /// <exception cref="DeliveryException">ResourceNotFound; LimitExceeded: there would be more than 50, nothing is changed; InvalidArgument: a tag asks for a compaction that there can't be.</exception>
    public void Tag(AccountScope scope, string name, IEnumerable<KeyValuePair<string, string>> tags)
    {
        lock (_tagging)
        {
            var stream = Get(scope, name);
            var given = tags.ToList();
            var asks = given.Exists(tag => CompactionSettings.IsTag(tag.Key));
            var compaction = asks ? CheckedCompaction(_tables.Tags(stream.Id).Concat(given), stream.Destination) : stream.Compaction;
            // Its deletion may come through in between.
            if (!_tables.Tag(stream.Id, given))
                throw NotFound(scope, name);
            Compact(stream, compaction);
        }
    }

    /// <exception cref="DeliveryException">ResourceNotFound.</exception>
    public void Untag(AccountScope scope, string name, IEnumerable<string> keys)
    {
        lock (_tagging)
        {
            var stream = Get(scope, name);
            var given = keys.ToList();
            _tables.Untag(stream.Id, given);
            if (given.Exists(CompactionSettings.IsTag))
                Compact(stream, KeptCompaction(stream));
        }
    }

    private void Compact(DeliveryStream stream, CompactionSettings? compaction)
    {
        if (stream.Compaction == compaction)
            return;
        stream.Compaction = compaction;
        if (compaction is null)
            _compactor?.Forget(stream);
        else
            _compactor?.LookAgain();
    }

    /// <summary>Goes on with the compaction of a delivery stream that was there before the start.</summary>
    private void ResumeCompaction(DeliveryStream stream)
    {
        stream.Compaction = KeptCompaction(stream);
        if (stream.Compaction is null)
            _compactor?.Forget(stream);
        else
            _compactor?.Load(stream);
    }

    /// <summary>What a delivery stream's tags ask for; null where there can't be such a compaction any more.</summary>
    private CompactionSettings? KeptCompaction(DeliveryStream stream)
    {
        try
        {
            return CheckedCompaction(_tables.Tags(stream.Id), stream.Destination);
        }
        catch (DeliveryException refusal)
        {
            // A store may have been given this server's place since, and tags may be older than what they mean now.
            _log.LogWarning("Delivery stream {Stream}: its small objects are not merged: {Reason}", stream.Name, refusal.Message);
            return null;
        }
    }

    private CompactionSettings? CheckedCompaction(IEnumerable<KeyValuePair<string, string>> tags, S3Destination destination)
    {
        var compaction = CompactionSettings.Of(tags);
        CheckCompaction(compaction, destination);
        return compaction;
    }

    private void CheckCompaction(CompactionSettings? compaction, S3Destination destination)
    {
        if (compaction is null)
            return;
        if (destination.Endpoint is not null)
            throw DeliveryException.InvalidArgument($"The tag {CompactionSettings.SizeTag} is only for delivery into buckets, not to an HTTP endpoint.");
        if (_compactor is null || !_stores.IsOwn(destination))
            throw DeliveryException.InvalidArgument($"The tag {CompactionSettings.SizeTag} is only for buckets of this server, as no other store replaces objects in one step; {destination.BucketArn} is in another one.");
    }
}
