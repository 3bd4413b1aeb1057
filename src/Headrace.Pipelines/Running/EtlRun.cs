using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>One run: the records' way from the source through the transform to their destinations.</summary>
internal sealed class EtlRun : IAsyncDisposable
{
    /// <summary>What a cancelled run may take to see its writes through; they are repeated by the next run otherwise.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly KinesisClient _client;
    private readonly EtlOptions _options;
    private readonly UserSessionTransform _transform;
    private readonly IDeadLetterOffice _office;
    private readonly Dictionary<string, Producer> _producers;
    private readonly Queue<Task> _settling = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EtlRun(
        KinesisClient client, EtlOptions options, UserSessionTransform transform, IDeadLetterOffice office,
        IReadOnlyDictionary<string, string> checkpoints)
    {
        (_client, _options, _transform, _office) = (client, options, transform, office);
        Checkpoints = new CheckpointPrefix(checkpoints);
        Tally = new EtlTally(options.Destinations.Keys);
        _producers = options.Destinations.ToDictionary(d => d.Key, d => new Producer(client, d.Value), StringComparer.Ordinal);
    }

    public CheckpointPrefix Checkpoints { get; }

    public EtlTally Tally { get; }

    /// <summary>Ends the run with this failure.</summary>
    public void Fail(Exception failure) => _failed.TrySetException(failure);

    /// <summary>Moves records until the source ends, the limit is reached or something fails; then sees all that is under way through.</summary>
    public async Task PumpAsync(CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        // Whatever fails on the writing side ends the reading side.
        var stopping = _failed.Task.ContinueWith(_ => stop.CancelAsync(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Unwrap();
        try
        {
            await ReadAsync(stop.Token);
            await Task.WhenAny(Task.WhenAll(_settling), _failed.Task).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (_failed.Task.IsFaulted)
        {
            // The failure below tells more.
        }
        finally
        {
            if (stop.IsCancellationRequested)
                await Task.WhenAny(Task.WhenAll(_settling), Task.Delay(Farewell, CancellationToken.None));
        }
        if (_failed.Task.IsFaulted)
        {
            await stopping;
            await _failed.Task;
        }
    }

    /// <summary>After a failure or cancellation the producers end by themselves; nobody needs to wait for their last attempts.</summary>
    public async ValueTask DisposeAsync()
    {
        var closing = Task.WhenAll(_producers.Values.Select(producer => producer.DisposeAsync().AsTask()));
        if (_settling.All(task => task.IsCompleted))
            await closing;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_options.Limit is <= 0)
            return;
        var consumer = new Consumer(_client, _options.SourceStream, new ConsumerOptions
        {
            From = _options.From,
            Checkpoints = _options.Checkpoints,
            Follow = _options.Follow,
        });
        long read = 0;
        await foreach (var record in consumer.ReadAsync(cancellationToken))
        {
            var mark = Checkpoints.Begin(record.ShardId, record.SequenceNumber);
            Tally.CountRead();
            await MoveAsync(record, mark, cancellationToken);
            while (_settling.TryPeek(out var oldest) && oldest.IsCompleted)
                _ = _settling.Dequeue();
            if (++read == _options.Limit)
                return;
        }
    }

    private async Task MoveAsync(ConsumedRecord record, CheckpointPrefix.Mark mark, CancellationToken cancellationToken)
    {
        TransformedSession session;
        try
        {
            session = _transform.Transform(record.Data);
        }
        catch (TransformException e)
        {
            await PostAsync(new DeadLetter(e.Message, "transform", _options.SourceStream, record), mark, cancellationToken);
            return;
        }
        Tally.CountTransformed();
        var destination = CountryRouter.Route(session.Country);
        var written = await _producers[destination].EnqueueAsync(session.Json, session.SessionId, cancellationToken);
        _settling.Enqueue(SettleAsync(written, destination, session, record, mark, cancellationToken));
    }

    private async Task SettleAsync(
        Task<ProducedRecord> written, string destination, TransformedSession session, ConsumedRecord record, CheckpointPrefix.Mark mark,
        CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                await written;
            }
            catch (KinesisException e) when (IsRefusal(e))
            {
                // One record too many or too large fails its whole call: each gets a call of its own before it is given up.
                await _client.PutRecordAsync(_options.Destinations[destination], session.Json, session.SessionId, cancellationToken: cancellationToken);
            }
            Tally.CountRouted(destination);
            Checkpoints.Settle(mark);
        }
        catch (KinesisException e) when (IsRefusal(e))
        {
            await PostOrFailAsync(new DeadLetter(e.Message, "put", _options.SourceStream, record), mark, cancellationToken);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private async Task PostOrFailAsync(DeadLetter letter, CheckpointPrefix.Mark mark, CancellationToken cancellationToken)
    {
        try
        {
            await PostAsync(letter, mark, cancellationToken);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private async Task PostAsync(DeadLetter letter, CheckpointPrefix.Mark mark, CancellationToken cancellationToken)
    {
        await _office.PostAsync(letter, cancellationToken);
        Tally.CountDeadLettered();
        Checkpoints.Settle(mark);
    }

    /// <summary>The service refuses the record itself, now and later; a missing stream or right is nothing that the record can help.</summary>
    private static bool IsRefusal(KinesisException e) => e.ErrorType is "ValidationException" or "InvalidArgumentException" or "SerializationException"
        or "RequestEntityTooLargeException" || e.StatusCode == System.Net.HttpStatusCode.RequestEntityTooLarge;
}
