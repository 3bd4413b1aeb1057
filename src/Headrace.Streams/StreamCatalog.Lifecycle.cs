using Headrace.ControlPlane;
using Headrace.Streams.Consumers;
using Headrace.Streams.Resources;

namespace Headrace.Streams;

// Creating and deleting streams.
public sealed partial class StreamCatalog
{
    /// <summary>AWS has the numbers of a stream's first shards begin before the stream.</summary>
    private static readonly TimeSpan FirstShardsAge = TimeSpan.FromSeconds(3);

    /// <summary>Creates a stream; it passes from CREATING to ACTIVE by itself.</summary>
    /// <exception cref="StreamsException">
    /// ResourceInUse: the name is taken. LimitExceeded: the account's shard quota. InvalidArgument: tags, or what the mode doesn't allow.
    /// </exception>
    public Task<DataStream> CreateAsync(AccountScope scope, NewStream wanted, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                var name = wanted.Name;
                if (Find(scope, name) is not null)
                    throw new StreamsException(StreamsFault.ResourceInUse, $"Stream {name} under account {scope.AccountId} already exists.");
                TagRules.Check($"stream {name}", scope, wanted.Tags);
                TagRules.RequireRoom($"stream {name}", scope, wanted.Tags.Select(tag => tag.Key));
                RequireOnDemandSettings(scope, wanted);
                RequireFewPassing(scope);
                if (wanted.Mode == StreamMode.OnDemand)
                    RequireFewOnDemand(scope);
                var shardCount = wanted.ShardCount ?? WarmShards(wanted.WarmThroughputMiBps);
                RequireQuota(scope, shardCount);
                var now = DateTimeOffset.FromUnixTimeMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds());
                var opening = now - FirstShardsAge;
                var shards = HashKeyRange.Uniform(shardCount).Select((range, index) => new Shard(index, range, opening)).ToArray();
                var id = _tables.Insert(scope, name, wanted.Mode, now, wanted.MaxRecordBytes, shards, wanted.Tags);
                DataStream stream;
                try
                {
                    stream = new DataStream(id, scope, name, wanted.Mode, now, new ShardMap(shards), OpenLog(id, name), Time, _producers)
                    {
                        Status = StreamStatus.Creating,
                        MaxRecordBytes = wanted.MaxRecordBytes,
                        Shares = _limits?.NewShares(),
                    };
                    SaveOnDemandSettings(stream, wanted.WarmThroughputMiBps, wanted.Distribution);
                }
                catch
                {
                    _tables.Delete(id);
                    throw;
                }
                _byId[id] = stream;
                _byName[(scope, name)] = stream;
                AfterStateDelay(() => BecomeActiveAsync(stream));
                return Task.FromResult(stream);
            },
            cancellation);

    /// <summary>Deletes a stream with all its data; it passes from DELETING to nothing by itself.</summary>
    /// <param name="scope">Whose and where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="withConsumers">True to delete the consumers registered with it too.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StreamsException">ResourceNotFound; ResourceInUse for the sake of its consumers.</exception>
    public Task DeleteAsync(AccountScope scope, string name, bool withConsumers = false, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                var stream = Get(scope, name);
                if (stream.Status != StreamStatus.Deleting)
                {
                    if (stream.Consumers.Count > 0 && !withConsumers)
                    {
                        throw new StreamsException(
                            StreamsFault.ResourceInUse,
                            $"DeleteStream can’t delete {scope.AccountId}:{name} because there are consumers associated with this data stream. " +
                            $"To delete {name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.");
                    }
                    if (Hindrance(stream) is { } hindrance)
                        throw new StreamsException(StreamsFault.ResourceInUse, hindrance);
                    _tables.SaveStatus(stream.Id, StreamStatus.Deleting);
                    stream.Status = StreamStatus.Deleting;
                    foreach (var consumer in stream.Consumers)
                    {
                        consumer.Status = ConsumerStatus.Deleting;
                        _subscriptions.Remove(consumer);
                    }
                    AfterStateDelay(() => FinishDeletionAsync(stream));
                }
                return Task.FromResult(stream);
            },
            cancellation);

    internal static StreamsException NotActive(DataStream stream) => new(
        StreamsFault.ResourceInUse,
        $"Stream {stream.Name} under account {stream.Scope.AccountId} not ACTIVE, instead in state {stream.Status.ToString().ToUpperInvariant()}");

    /// <summary>What operations say that do with a stream that is UPDATING.</summary>
    internal static StreamsException NotServing(DataStream stream) => new(
        StreamsFault.ResourceInUse,
        $"Stream {stream.Name} under account {stream.Scope.AccountId} not ACTIVE or UPDATING, instead in state {stream.Status.ToString().ToUpperInvariant()}");

    /// <summary>An account always has a shard quota, so that a huge shard count costs nothing.</summary>
    private void RequireQuota(AccountScope scope, int additional)
    {
        var open = OpenShards(scope);
        if ((long)open + additional <= _options.ShardLimit)
            return;
        throw new StreamsException(
            StreamsFault.LimitExceeded,
            $"This request would exceed the shard limit for the account {scope.AccountId} in {scope.Region}. Current shard count for the account: {open}. " +
            $"Limit: {_options.ShardLimit}. Number of additional shards that would have resulted from this request: {additional}. " +
            "Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.");
    }

    /// <summary>Open shards of an account in a region, over all its streams.</summary>
    public int OpenShards(AccountScope scope) => _byId.Values.Where(stream => stream.Scope == scope).Sum(stream => stream.Map.OpenCount);

    private async Task BecomeActiveAsync(DataStream stream) => await ChangeAsync(
        () =>
        {
            if (stream.Status is StreamStatus.Creating or StreamStatus.Updating)
            {
                _tables.SaveStatus(stream.Id, StreamStatus.Active);
                stream.Status = StreamStatus.Active;
            }
            return Task.FromResult(stream);
        },
        _closing.Token);

    private async Task FinishDeletionAsync(DataStream stream) => await ChangeAsync(
        async () =>
        {
            await stream.Gate.CloseAsync();
            stream.Gate.Open();
            await stream.Log.DisposeAsync();
            _options.Disk.DeleteDirectory(DirectoryOf(stream.Id));
            _tables.Delete(stream.Id);
            _byId.TryRemove(stream.Id, out _);
            _byName.TryRemove(new((stream.Scope, stream.Name), stream));
            _limits?.Daily.Forget(stream.Id);
            return stream;
        },
        _closing.Token);
}
