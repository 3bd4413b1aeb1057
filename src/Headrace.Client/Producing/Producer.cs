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

    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    public Producer(KinesisClient client, string stream, ProducerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(stream);
        options ??= new ProducerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBatchRecords, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxBatchRecords, 500, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInFlight, 1, nameof(options));
        _gate = new BufferGate(options.MaxBufferedBytes);
        _lanes = [.. Enumerable.Range(0, options.MaxInFlight).Select(_ => new ProducerLane(client, stream, options, _gate))];
    }

    /// <summary>
    /// Takes a record. The outer task ends once there is room for it; the inner one once it is durable, or fails with
    /// <see cref="KinesisException"/> or <see cref="EndpointUnreachableException"/> when it could not be written.
    /// The data must not change until then.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The producer is closed.</exception>
    public async ValueTask<Task<ProducedRecord>> EnqueueAsync(
        ReadOnlyMemory<byte> data, string partitionKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        var item = new ProducerItem(new PutRecordsEntry(data, partitionKey));
        await _gate.EnterAsync(item.Bytes, cancellationToken);
        var lane = _lanes[(uint)partitionKey.GetHashCode(StringComparison.Ordinal) % (uint)_lanes.Length];
        if (!lane.TryAdd(item))
        {
            _gate.Leave(item.Bytes);
            throw new ObjectDisposedException(nameof(Producer));
        }
        // Only a flush's mark ends with null.
        return item.Completion.Task!;
    }

    /// <summary>Sends at once what waits, and ends when every record taken so far is durable or has failed.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var marks = _lanes.Select(_ => new ProducerItem(null)).ToArray();
        for (var i = 0; i < _lanes.Length; i++)
        {
            if (!_lanes[i].TryAdd(marks[i]))
                marks[i].Completion.TrySetResult(null);
        }
        return Task.WhenAll(marks.Select(mark => mark.Completion.Task)).WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more records, and ends when all that were taken are durable or have failed.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_lanes.Select(lane => lane.CompleteAsync()));
}
