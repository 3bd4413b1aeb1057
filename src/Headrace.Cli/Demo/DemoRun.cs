using System.Runtime.CompilerServices;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;
using Headrace.Cli.Produce;
using Headrace.Cli.Records;
using Headrace.Client;

namespace Headrace.Cli.Demo;

/// <summary>One run of the lab against the demo's server: produce, transform and route, deliver, read back, compare, report.</summary>
internal sealed class DemoRun(CommandConsole console, DemoSettings settings, DemoData data, Uri endpoint)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>How long nothing may move before the demo gives up: much longer than the delivery's buffering.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How long the demo goes on looking when everything has arrived: a copy would come with the next delivery.</summary>
    private static readonly TimeSpan Afterlook = TimeSpan.FromSeconds(2.5);

    private readonly ProducedRecords _produced = new();
    private readonly DemoCounts _counts = new();

    /// <returns>True when every record arrived once where it belongs.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        using var clients = new DemoClients(endpoint);
        var sides = await new DemoSetup(clients).PrepareAsync(cancellation);
        console.Say("the lab's streams, buckets and delivery streams are active");
        var verification = new DemoVerification(_produced);
        var watch = new DeliveryWatch(clients.S3, sides, verification);
        await watch.SkipExistingAsync(cancellation);

        var total = settings.File is null ? settings.Count : (long?)null;
        var progress = new DemoProgress(new("produced", total), new("routed", total), new("delivered", total));
        await new ProgressBoard(console, ReportEvery).RunAsync(progress.Counters, () => FlowAsync(clients, watch, verification, progress, cancellation));

        var result = verification.Conclude();
        DemoReport.Write(console.Output, sides, _counts, verification);
        DemoReport.WriteVerdict(console, result, verification);
        return result.IsRight;
    }

    private async Task FlowAsync(
        DemoClients clients, DeliveryWatch watch, DemoVerification verification, DemoProgress progress, CancellationToken cancellation)
    {
        await using var etl = DemoEtl.Start(clients, data, _counts, cancellation);
        var source = settings.File is null ? RecordSource.Generated(settings.Count, Random.Shared.Next()) : RecordSource.OfFile(settings.File);
        var watched = source with { Records = RememberAsync(source.Records, cancellation) };
        var report = new AcknowledgementReport(console.Output, OutputFormat.Text, isSingle: false);
        var keys = new PartitionKeys(null, null);
        var producing = new ProduceRun(clients.Kinesis, DemoNames.SourceStream, new ProducerOptions(), after: 0, keys, pace: null, report, progress.Produced)
            .PutAllAsync(watched, cancellation);

        var lastMove = TimeProvider.System.GetTimestamp();
        var lastState = (-1L, -1L, -1L);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (producing.IsFaulted)
                await producing;
            etl.ThrowIfFailed();
            await watch.ReadNewAsync(cancellation);
            var handled = _counts.Routed + _counts.DeadLettered;
            progress.Routed.Set(handled);
            progress.Delivered.Set(verification.Arrived + _counts.DeadLettered);
            var state = (progress.Produced.Value, handled, verification.Arrived);
            if (state != lastState)
                (lastState, lastMove) = (state, TimeProvider.System.GetTimestamp());
            var hasAll = producing.IsCompleted && verification.Arrived + _counts.DeadLettered >= _produced.Count;
            var still = TimeProvider.System.GetElapsedTime(lastMove);
            if ((hasAll && still >= Afterlook) || still >= Patience)
                break;
            await Task.Delay(LookEvery, cancellation);
        }
        await producing;
        await etl.StopAsync();
        foreach (var record in etl.ReadDeadLetters())
            verification.AddDeadLetter(record);
    }

    private async IAsyncEnumerable<RecordLine> RememberAsync(IAsyncEnumerable<RecordLine> records, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var record in records.WithCancellation(cancellation))
        {
            _produced.Add(record.Data);
            _counts.AddProduced(DemoNames.SideOf(RecordField.Find(record.Data.Span, "country")));
            yield return record;
        }
    }
}
