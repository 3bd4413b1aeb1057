using System.Globalization;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Makes dead letters of what failed.</summary>
internal static class DeadLetterMaking
{
    private const string Faults = "faults";

    /// <summary>A letter for each record of a page that failed, in order.</summary>
    public static IEnumerable<DeadLetter> OfRecords(PipelinePlan plan, SourcePage page, PageResult result) =>
        result.Faults.OrderBy(fault => fault.Key).Select(fault =>
        {
            var record = page.Records[fault.Key];
            return new DeadLetter(fault.Value, plan.Source.Stream, record) { Series = Faults, Number = OutputNumber.OfRecord(record) };
        });

    /// <summary>A letter for what came of no single record, and failed.</summary>
    /// <param name="plan">The pipeline.</param>
    /// <param name="failed">The message and its fault.</param>
    /// <param name="epoch">What tells its number from those of another time.</param>
    /// <param name="number">Its number.</param>
    public static DeadLetter OfOrphan(PipelinePlan plan, (Message Message, RecordFault Fault) failed, string epoch, long number) =>
        new(failed.Fault, plan.Source.Stream, Orphan("window", failed.Message.Json, epoch, number)) { Series = $"{epoch}/{Faults}", Number = number };

    /// <summary>A letter for what a destination refused: the source's record, where it came of one that is at hand.</summary>
    /// <param name="plan">The pipeline.</param>
    /// <param name="page">Where the output came from; null: its page is gone.</param>
    /// <param name="refused">The output.</param>
    /// <param name="epoch">What tells the numbers of outputs without a page from those of another time.</param>
    public static DeadLetter OfRefused(PipelinePlan plan, SourcePage? page, RefusedOutput refused, string epoch)
    {
        var output = refused.Output;
        var record = page is null || output.Origin == Message.NoOrigin ? Orphan(output.PartitionKey, output.Json, epoch, output.Number) : page.Records[output.Origin];
        return new DeadLetter(new RecordFault("put", refused.Reason), plan.Source.Stream, record)
        {
            Series = $"{epoch}/refused/{plan.Destinations[output.Destination].Name}",
            Number = output.Number,
        };
    }

    /// <exception cref="PipelineException">The pipeline ends at the first record that can't go on.</exception>
    public static void StopIfAsked(PipelinePlan plan, IReadOnlyList<DeadLetter> letters)
    {
        if (plan.OnError != ErrorPolicy.Stop)
            return;
        var first = letters[0];
        throw new PipelineException($"{first.Record.ShardId} {first.Record.SequenceNumber}: {first.Fault.Stage}: {first.Fault.Reason}");
    }

    /// <summary>It has no place in the source. The number in place of one keeps it from being in a file twice.</summary>
    private static ConsumedRecord Orphan(string key, ReadOnlyMemory<byte> json, string epoch, long number) =>
        new("", string.Create(CultureInfo.InvariantCulture, $"{epoch}-{number:d12}"), key, json, DateTimeOffset.UnixEpoch, 0);
}
