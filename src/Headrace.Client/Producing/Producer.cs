namespace Headrace.Client;

/// <summary>
/// Gathers records into PutRecords calls and sees each through to its acknowledgement. Thread-safe.
/// Records are dealt to lanes by partition key, and a lane finishes one call, retries included, before it starts the next: so a
/// record never leaves before an earlier one of its key is settled.
/// </summary>
public sealed class Producer : IAsyncDisposable
{
    private readonly ProducerLane[] _lanes;
    private readonly BufferGate _gate;
    private readonly PostedRecords _posted;
    private readonly KinesisClient _client;
    private readonly string _stream;
    private readonly string? _name;
    private long _highest = -1;

    /// <summary>A producer into one stream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    public Producer(KinesisClient client, string stream, ProducerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(stream);
        options ??= new ProducerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBatchRecords, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxBatchRecords, 500, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInFlight, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAggregateBytes, 1, nameof(options));
        (_client, _stream, _name) = (client, stream, options.Name);
        _gate = new BufferGate(options.MaxBufferedBytes);
        _posted = new PostedRecords(options.OnLost, client.Log);
        var rate = options.ShardRate ?? (ClientEndpoint.IsAws(client.Endpoint) ? ShardRate.Aws : ShardRate.Unlimited);
        ArgumentOutOfRangeException.ThrowIfLessThan(rate.RecordsPerSecond, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(rate.BytesPerSecond, 1, nameof(options));
        var pace = rate == ShardRate.Unlimited ? null : new ShardPace(client.Time, rate);
        _lanes = [.. Enumerable.Range(0, options.Name is null ? options.MaxInFlight : 1).Select(_ => new ProducerLane(client, stream, options, _gate, _posted, pace))];
    }

    /// <summary>
    /// Takes a record. The outer task ends once there is room for it; the inner one once it is durable, or fails with
    /// <see cref="KinesisException"/> or <see cref="EndpointUnreachableException"/> when it could not be written.
    /// The data must not change until then.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The producer is closed.</exception>
    public ValueTask<Task<ProducedRecord>> EnqueueAsync(
        ReadOnlyMemory<byte> data, string partitionKey, CancellationToken cancellationToken = default) =>
        AddAsync(Unnumbered(data, partitionKey, explicitHashKey: null), cancellationToken);

    /// <summary>Takes a record with a hash key of its own, decimal and of 128 bits, which chooses the shard.</summary>
    /// <inheritdoc cref="EnqueueAsync(ReadOnlyMemory{byte}, string, CancellationToken)"/>
    public ValueTask<Task<ProducedRecord>> EnqueueAsync(PutRecordsEntry record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return AddAsync(Unnumbered(record.Data, record.PartitionKey, record.ExplicitHashKey), cancellationToken);
    }

    /// <summary>Takes a record, and ends once it is durable.</summary>
    /// <inheritdoc cref="EnqueueAsync(ReadOnlyMemory{byte}, string, CancellationToken)"/>
    public async Task<ProducedRecord> ProduceAsync(ReadOnlyMemory<byte> data, string partitionKey, CancellationToken cancellationToken = default) =>
        await await EnqueueAsync(data, partitionKey, cancellationToken);

    /// <summary>
    /// Takes a record under its number, for a producer that has a <see cref="ProducerOptions.Name"/>. Numbers rise from record to record;
    /// those up to <see cref="ProducerStanding.Number"/> were taken before and are dropped by the service. Not to be called by two at once.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="number">Its number, 0 or more.</param>
    /// <param name="position">What <see cref="StandingAsync"/> tells along with the number, once it is the highest committed.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not higher than the one before.</exception>
    public ValueTask<Task<ProducedRecord>> EnqueueAsync(
        PutRecordsEntry record, long number, string? position = null, CancellationToken cancellationToken = default) =>
        AddAsync(Numbered(record, number, position), cancellationToken);

    /// <summary>
    /// Takes a record that nobody waits for, which costs a good deal less than to be told of each one's end: the task ends once there is
    /// room for it. Whether all were written, the next <see cref="FlushAsync"/> or <see cref="DisposeAsync"/> tells; which were not,
    /// <see cref="ProducerOptions.OnLost"/>. The data must not change until the flush has ended.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The producer is closed.</exception>
    public ValueTask PostAsync(ReadOnlyMemory<byte> data, string partitionKey, CancellationToken cancellationToken = default) =>
        PostItemAsync(Unnumbered(data, partitionKey, explicitHashKey: null), cancellationToken);

    /// <summary>Takes a record that nobody waits for, with a hash key of its own, decimal and of 128 bits, which chooses the shard.</summary>
    /// <inheritdoc cref="PostAsync(ReadOnlyMemory{byte}, string, CancellationToken)"/>
    public ValueTask PostAsync(PutRecordsEntry record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return PostItemAsync(Unnumbered(record.Data, record.PartitionKey, record.ExplicitHashKey), cancellationToken);
    }

    /// <summary>Takes a record under its number that nobody waits for; otherwise as <see cref="EnqueueAsync(PutRecordsEntry, long, string?, CancellationToken)"/>.</summary>
    /// <inheritdoc cref="EnqueueAsync(PutRecordsEntry, long, string?, CancellationToken)"/>
    public ValueTask PostAsync(PutRecordsEntry record, long number, string? position = null, CancellationToken cancellationToken = default) =>
        PostItemAsync(Numbered(record, number, position), cancellationToken);

    /// <summary>
    /// Whether the service takes each number once: false where the producer has a name but the service, such as AWS, knows no numbers, so
    /// that records may be stored twice. Null until the service has told, and for producers without a name.
    /// </summary>
    public bool? TakesEachNumberOnce => _name is null ? null : _lanes[0].TakesNumbers;

    /// <summary>Where this producer stood, as the service knows it: after a restart, go on behind it.</summary>
    public Task<ProducerStanding> StandingAsync(CancellationToken cancellationToken = default) =>
        _client.DescribeProducerAsync(_stream, _name ?? throw new InvalidOperationException("only a producer with a name stands anywhere"), cancellationToken);

    /// <summary>Sends at once what waits, and ends when every record taken so far is durable or has failed.</summary>
    /// <exception cref="PostedRecordsLostException">Records that were posted since the last flush could not be written.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var ends = new List<Task>(_lanes.Length);
        foreach (var lane in _lanes)
        {
            var end = new ItemCompletion();
            if (lane.TryAdd(ProducerItem.Flush(end)))
                ends.Add(end.Task);
        }
        await Task.WhenAll(ends).WaitAsync(cancellationToken);
        _posted.ThrowIfLost();
    }

    /// <summary>Takes no more records, and ends when all that were taken are durable or have failed.</summary>
    /// <exception cref="PostedRecordsLostException">Records that were posted since the last flush could not be written.</exception>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_lanes.Select(lane => lane.DisposeAsync().AsTask()));
        _posted.ThrowIfLost();
    }

    private ProducerItem Unnumbered(ReadOnlyMemory<byte> data, string partitionKey, string? explicitHashKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        if (_name is not null)
            throw new InvalidOperationException($"producer {_name} numbers its records: give each its number");
        return new ProducerItem(data, partitionKey, explicitHashKey);
    }

    private ProducerItem Numbered(PutRecordsEntry record, long number, string? position)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(record.PartitionKey);
        if (_name is null)
            throw new InvalidOperationException("only a producer with a name numbers its records");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(number, _highest);
        _highest = number;
        return new ProducerItem(record.Data, record.PartitionKey, record.ExplicitHashKey) { Number = number, Position = position };
    }

    private async ValueTask<Task<ProducedRecord>> AddAsync(ProducerItem item, CancellationToken cancellationToken)
    {
        var end = new ItemCompletion();
        await PostItemAsync(item with { Completion = end }, cancellationToken);
        // Only a flush's mark ends with null.
        return end.Task!;
    }

    private ValueTask PostItemAsync(in ProducerItem item, CancellationToken cancellationToken)
    {
        // Mostly there is room, and then nothing is made but the item itself.
        var entering = _gate.EnterAsync(item.BufferedBytes, cancellationToken);
        if (!entering.IsCompletedSuccessfully)
            return PostLaterAsync(entering, item);
        Add(item);
        return ValueTask.CompletedTask;
    }

    private async ValueTask PostLaterAsync(ValueTask entering, ProducerItem item)
    {
        await entering;
        Add(item);
    }

    private void Add(in ProducerItem item)
    {
        var lane = _lanes[(uint)item.KeyHash % (uint)_lanes.Length];
        if (!lane.TryAdd(item))
        {
            _gate.Leave(item.BufferedBytes);
            throw new ObjectDisposedException(nameof(Producer));
        }
    }
}
