using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;
using Headrace.Cli.Records;
using Headrace.Client;

namespace Headrace.Cli.Produce;

/// <summary>Puts all records of a source into a stream and waits until each is acknowledged. Runs once.</summary>
/// <param name="kinesis">The service.</param>
/// <param name="stream">The stream.</param>
/// <param name="options">How records are put.</param>
/// <param name="after">Records up to this number are there already.</param>
/// <param name="keys">Chooses the partition keys.</param>
/// <param name="pace">Slows the enqueuing; null: it goes as fast as it can.</param>
/// <param name="report">Takes the acknowledgements.</param>
/// <param name="acknowledged">Counts them.</param>
internal sealed class ProduceRun(
    KinesisClient kinesis, string stream, ProducerOptions options, long after, PartitionKeys keys, Pace? pace, AcknowledgementReport report, ProgressCounter acknowledged)
{
    /// <summary>Acknowledgements that may wait to be reported; the producer's own buffer bounds the bytes.</summary>
    private const int MostPending = 50_000;

    /// <summary>How long what is under way is waited for when the user wants to end: a server that is gone is not waited for.</summary>
    private static readonly TimeSpan PatienceWhenInterrupted = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _watch = new();
    private long _enqueued;
    private long _bytes;
    private Exception? _failure;

    /// <summary>
    /// An interruption ends the enqueuing, and what is enqueued is still waited for, so that the report is true.
    /// </summary>
    /// <exception cref="CommandFailedException">Not every record was acknowledged; the message says how many were, and why.</exception>
    public async Task PutAllAsync(RecordSource source, CancellationToken cancellation)
    {
        // Asked first, so that a wrong name or address is told at once and not after the producer's patience is over.
        await kinesis.DescribeStreamSummaryAsync(stream, cancellation);
        _watch.Start();
        var producer = new Producer(kinesis, stream, options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var abandon = new CancellationTokenSource();
        using var interruption = cancellation.Register(() => abandon.CancelAfter(PatienceWhenInterrupted));
        var pending = Channel.CreateBounded<PendingRecord>(new BoundedChannelOptions(MostPending) { SingleReader = true, SingleWriter = true });
        var reporting = ReportAsync(pending.Reader, stop, abandon.Token);
        Exception? sourceFailure = null;
        try
        {
            await EnqueueAllAsync(source, producer, pending.Writer, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Interrupted, or a record failed; either way what is under way is awaited below.
        }
        catch (Exception failure)
        {
            sourceFailure = failure;
        }
        pending.Writer.Complete();
        await FlushAsync(producer, abandon.Token);
        await reporting;
        _watch.Stop();
        // Disposing waits for every record's end; abandoned ones are left to the process's own.
        if (!abandon.IsCancellationRequested)
            await producer.DisposeAsync();
        ThrowIfIncomplete(sourceFailure);
    }

    /// <summary>Records, bytes, seconds and the rate, in one line.</summary>
    public string Summary()
    {
        var seconds = Math.Max(_watch.Elapsed.TotalSeconds, 0.001);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{acknowledged.Value:N0} records acknowledged by {stream} ({Interlocked.Read(ref _bytes):N0} bytes in {seconds:N1} s, {acknowledged.Value / seconds:N0} records/s)");
    }

    private async Task EnqueueAllAsync(RecordSource source, Producer producer, ChannelWriter<PendingRecord> pending, CancellationToken cancellation)
    {
        await foreach (var record in source.Records.WithCancellation(cancellation))
        {
            if (record.Number <= after)
                continue;
            if (pace is not null)
                await pace.WaitAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
            var key = keys.Of(record);
            var acknowledgement = options.Name is null
                ? await producer.EnqueueAsync(record.Data, key, cancellation)
                : await producer.EnqueueAsync(new PutRecordsEntry(record.Data, key), record.Number, cancellationToken: cancellation);
            _enqueued++;
            await pending.WriteAsync(new PendingRecord(key, record.Data.Length, acknowledgement), CancellationToken.None);
        }
    }

    private static async Task FlushAsync(Producer producer, CancellationToken abandon)
    {
        try
        {
            await producer.FlushAsync(abandon);
        }
        catch (OperationCanceledException)
        {
            // Each record that is not acknowledged by now is told apart by its own task.
        }
    }

    private async Task ReportAsync(ChannelReader<PendingRecord> pending, CancellationTokenSource stop, CancellationToken abandon)
    {
        await foreach (var record in pending.ReadAllAsync(CancellationToken.None))
        {
            if (!record.Acknowledgement.IsCompleted)
                report.Flush();
            try
            {
                report.Add(record.PartitionKey, await record.Acknowledgement.WaitAsync(abandon));
                acknowledged.Add(1);
                Interlocked.Add(ref _bytes, record.Bytes);
            }
            catch (Exception failure)
            {
                _failure ??= failure;
                await stop.CancelAsync();
            }
        }
        report.Flush();
    }

    private void ThrowIfIncomplete(Exception? sourceFailure)
    {
        var failure = _failure ?? sourceFailure;
        if (failure is null or OperationCanceledException)
            return;
        var reason = FailureLine.Of(failure);
        throw new CommandFailedException(
            _enqueued <= 1 && acknowledged.Value == 0
                ? reason
                : string.Create(CultureInfo.InvariantCulture, $"{acknowledged.Value:N0} of {_enqueued:N0} records were acknowledged by {stream}, then: {reason}"),
            failure);
    }

    private readonly record struct PendingRecord(string PartitionKey, int Bytes, Task<ProducedRecord> Acknowledgement);
}
