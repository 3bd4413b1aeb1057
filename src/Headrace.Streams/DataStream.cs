using Headrace.ControlPlane;
using Headrace.ShardLog;
using Headrace.Streams.Consumers;
using Headrace.Streams.Invocations;
using Headrace.Streams.Limits;
using Headrace.Streams.Producers;
using Headrace.Streams.Puts;
using Headrace.Streams.Resharding;
using Headrace.Streams.Resources;
using Headrace.Streams.Settings;
using Headrace.Streams.Traffic;

namespace Headrace.Streams;

/// <summary>
/// One data stream: its state, its shards, its log. Thread-safe: every property is a snapshot, and only the
/// <see cref="StreamCatalog"/> changes it.
/// </summary>
public sealed class DataStream
{
    private readonly InvocationLedger _invocations;

    internal DataStream(long id, AccountScope scope, string name, StreamMode mode, DateTimeOffset createdAt, ShardMap shards, IShardLog log, TimeProvider time, ProducerTables? producers = null)
    {
        Id = id;
        Scope = scope;
        Name = name;
        Mode = mode;
        CreatedAt = createdAt;
        Map = shards;
        Log = log;
        Traffic = new StreamTraffic(time);
        _invocations = new InvocationLedger(log);
        Producers = new ProducerLedger(log, id, producers);
    }

    /// <summary>The stream's number in the control database; never used twice, so a re-created stream has another.</summary>
    public long Id { get; }

    public AccountScope Scope { get; }

    public string Name { get; }

    public string Arn => $"arn:aws:kinesis:{Scope.Region}:{Scope.AccountId}:stream/{Name}";

    public StreamMode Mode { get; internal set; }

    public DateTimeOffset CreatedAt { get; }

    public StreamStatus Status { get; internal set; }

    public int RetentionHours { get; internal set; } = StreamLimits.MinRetentionHours;

    /// <summary>Bytes of data and partition key that one record may have.</summary>
    public int MaxRecordBytes { get; internal set; } = StreamLimits.DefaultRecordBytes;

    /// <summary>The shard-level metrics that are switched on; the list itself never changes.</summary>
    public IReadOnlyList<ShardLevelMetric> ShardLevelMetrics { get; internal set; } = [];

    /// <summary>When the stream's records came in encrypted.</summary>
    public EncryptionHistory Encryption { get; internal set; } = EncryptionHistory.None;

    /// <summary>What an on-demand stream was told to take at once, in MiB/s; null: nothing.</summary>
    public int? WarmThroughputMiBps { get; internal set; }

    /// <summary>How records come to their shards.</summary>
    public RecordDistribution Distribution { get; internal set; }

    /// <summary>The shards now; the object itself never changes.</summary>
    public ShardMap Map
    {
        get;
        internal set
        {
            field = value;
            ShardsChanged?.Invoke();
        }
    }

    /// <summary>All shards, closed ones included, by index.</summary>
    public IReadOnlyList<Shard> Shards => Map.All;

    /// <summary>The consumers registered now, in any state, in the order of registration; the list itself never changes.</summary>
    public IReadOnlyList<StreamConsumer> Consumers { get; internal set; } = [];

    /// <summary>Who else may use the stream; null: nobody was named.</summary>
    public ResourcePolicy? Policy { get; internal set; }

    public IShardLog Log { get; }

    /// <summary>What goes in and out.</summary>
    public StreamTraffic Traffic { get; }

    /// <summary>Whether enhanced monitoring wants each shard's traffic.</summary>
    internal bool CountsShards => ShardLevelMetrics.Count > 0;

    internal PutGate Gate { get; } = new();

    /// <summary>What its shards take and give; null where nothing is limited.</summary>
    internal StreamShares? Shares { get; init; }

    /// <summary>Where the stream's numbering producers stand.</summary>
    internal ProducerLedger Producers { get; }

    /// <summary>Raised when <see cref="Map"/> has another value; handlers do little and never throw.</summary>
    internal event Action? ShardsChanged;

    /// <summary>True while records go in and out.</summary>
    public bool IsServing => Status is StreamStatus.Active or StreamStatus.Updating;

    /// <exception cref="StreamsException">ResourceInUse: they don't yet, or no more.</exception>
    public void RequireServing()
    {
        if (!IsServing)
            throw StreamCatalog.NotServing(this);
    }

    /// <summary>
    /// Appends records whose hash keys are given; completes when they are durable. The batch then knows shards, positions and
    /// arrival time, and the outcome has the shards. Records that an earlier attempt of the same call has stored are not
    /// stored again: the batch gets the places that they have.
    /// </summary>
    /// <param name="batch">The records.</param>
    /// <param name="hashKeys">Each record's hash key; others take their place where the stream distributes records itself.</param>
    /// <param name="invocation">The client's call; null when the client does not tell calls apart.</param>
    /// <param name="refused">Records to leave out; null: none. Limits may refuse more.</param>
    /// <param name="call">What the put counts as.</param>
    /// <exception cref="LogUnavailableException">Nothing was made durable.</exception>
    public async ValueTask<PutOutcome> PutAsync(
        RecordBatch batch, Memory<UInt128> hashKeys, PutInvocation? invocation = null, RefusedRecords? refused = null, StreamCall call = StreamCall.PutRecords)
    {
        var begun = Traffic.Begin();
        await Gate.EnterAsync(CancellationToken.None);
        try
        {
            var map = Map;
            if (Distribution == RecordDistribution.Auto)
                RecordSpread.Fill(hashKeys.Span, invocation);
            Route(batch, hashKeys.Span, map);
            if (Shares is not null)
                refused = Shares.Admit(batch, refused);
            var stored = true;
            if (invocation is { } attempt)
                (refused, stored) = await _invocations.PutAsync(batch, attempt, hashKeys, map, refused);
            else if (refused is null)
                await Log.AppendAsync(batch);
            else if (!refused.IsWhole)
                await AdmittedRecords.AppendAsync(Log, batch, refused, callId: null);
            if (stored)
                Traffic.CountIncoming(batch, refused, CountsShards);
            Traffic.CountPut(call, begun, batch, refused, CountsShards);
            return new PutOutcome(map, refused);
        }
        catch (Exception failure)
        {
            Traffic.CountFailedPut(call, begun, batch, failure);
            throw;
        }
        finally
        {
            Gate.Leave();
        }
    }

    /// <summary>
    /// Appends what has new numbers of a producer's records, whose hash keys are given; completes when it is durable, and with it that
    /// the numbers are taken. The batch then knows the places of all its records; of those dropped, as well as they are known.
    /// </summary>
    /// <param name="batch">The records.</param>
    /// <param name="hashKeys">Each record's hash key; others take their place where the stream distributes records itself.</param>
    /// <param name="put">The producer and its numbers.</param>
    /// <param name="refused">Records to leave out; null: none. Limits may refuse more, and after the first one that is refused none is taken.</param>
    /// <param name="call">What the put counts as.</param>
    /// <exception cref="StreamsException">InvalidArgument: the producer doesn't stand where the put goes on. LimitExceeded: too many producers.</exception>
    /// <exception cref="LogUnavailableException">Nothing was made durable.</exception>
    public async ValueTask<NumberedPutResult> PutAsync(
        RecordBatch batch, Memory<UInt128> hashKeys, NumberedPut put, RefusedRecords? refused = null, StreamCall call = StreamCall.PutRecords)
    {
        ArgumentNullException.ThrowIfNull(put);
        var begun = Traffic.Begin();
        await Gate.EnterAsync(CancellationToken.None);
        try
        {
            var map = Map;
            if (Distribution == RecordDistribution.Auto)
                RecordSpread.Fill(hashKeys.Span, invocation: null);
            Route(batch, hashKeys.Span, map);
            var result = await Producers.PutAsync(batch, put, hashKeys, map, new PutAdmission(refused, Shares));
            Traffic.CountIncoming(batch, result.Refused, CountsShards, result.Dropped);
            Traffic.CountPut(call, begun, batch, result.Refused, CountsShards);
            return result;
        }
        catch (Exception failure)
        {
            Traffic.CountFailedPut(call, begun, batch, failure);
            throw;
        }
        finally
        {
            Gate.Leave();
        }
    }

    /// <summary>Where a producer stands on this stream; null when it has committed nothing, or so long ago that it is forgotten.</summary>
    public ValueTask<ProducerStanding?> FindProducerAsync(string producer) => Producers.FindAsync(producer);

    /// <summary>Gives each record the shard that takes its hash key.</summary>
    internal static void Route(RecordBatch batch, ReadOnlySpan<UInt128> hashKeys, ShardMap map)
    {
        for (var i = 0; i < hashKeys.Length; i++)
            batch.SetShard(i, map.ShardFor(hashKeys[i]).Index);
    }
}
