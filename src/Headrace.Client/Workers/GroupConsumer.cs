using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Headrace.Client;

/// <summary>
/// A worker whose records come in a loop. A record is taken for handled when the loop asks for the next one; how far each shard was handled is saved every
/// second, and when the shard is handed over or the loop ends.
/// </summary>
public sealed class GroupConsumer
{
    private readonly KinesisClient _client;
    private readonly string _stream;
    private readonly ILeaseStore _leases;
    private readonly WorkerOptions _options;
    private GroupReading? _reading;

    /// <summary>A consumer that reads when it is told to.</summary>
    /// <param name="client">Reads the stream.</param>
    /// <param name="stream">The stream's name.</param>
    /// <param name="leases">The group's leases. The caller disposes them.</param>
    /// <param name="options">How its worker takes part.</param>
    public GroupConsumer(KinesisClient client, string stream, ILeaseStore leases, WorkerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentNullException.ThrowIfNull(leases);
        (_client, _stream, _leases, _options) = (client, stream, leases, options ?? new WorkerOptions());
    }

    /// <summary>How often it is saved how far the shards were handled.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Called before that is saved: to flush what the records were written to, say. Never twice at a time, but beside the loop.</summary>
    public Func<ValueTask>? BeforeCheckpoint { get; init; }

    /// <summary>
    /// The records as they come, of the shards that the group gives this worker; a shard's in order. Ends where <see cref="WorkerOptions.Follow"/>
    /// is off when all is read. Leaving the loop stops the worker; the record that it was left at is given again, unless
    /// <see cref="Handled"/> was told of it. One loop at a time.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another loop reads already.</exception>
    public async IAsyncEnumerable<ConsumedRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var reading = new GroupReading(BeforeCheckpoint);
        if (Interlocked.CompareExchange(ref _reading, reading, null) is not null)
            throw new InvalidOperationException("another loop reads already");
        var worker = new Worker(_client, _stream, _leases, reading.ProcessorOf, _options);
        var running = RunAsync(worker, reading, stop.Token);
        var saving = reading.SaveAsync(CheckpointInterval, _client.Time, stop.Token);
        try
        {
            await foreach (var batch in reading.Batches.ReadAllAsync(cancellationToken))
            {
                for (var i = 0; i < batch.Records.Count && !batch.IsOver; i++)
                {
                    yield return batch.Records[i];
                    reading.Handled(batch.Records[i]);
                }
                batch.End();
            }
        }
        finally
        {
            // In this order: then what was not handled of a batch is left for whoever has the shard next.
            await stop.CancelAsync();
            reading.Abandon();
            var failure = await running;
            await saving;
            _reading = null;
            // A loop that was left learns nothing from its batches any more.
            failure?.Throw();
        }
    }

    /// <summary>Says that a record was handled before the next one is asked for: the last one before the loop is left, say.</summary>
    public void Handled(ConsumedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _reading?.Handled(record);
    }

    /// <summary>Never fails itself: what goes wrong is told through the loop, and answered.</summary>
    private static async Task<ExceptionDispatchInfo?> RunAsync(Worker worker, GroupReading reading, CancellationToken cancellationToken)
    {
        try
        {
            await worker.RunAsync(cancellationToken);
            reading.Complete(failure: null);
            return null;
        }
        catch (Exception e)
        {
            reading.Complete(e);
            return ExceptionDispatchInfo.Capture(e);
        }
    }
}
