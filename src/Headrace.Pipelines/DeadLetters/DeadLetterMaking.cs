using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Makes dead letters of what failed.</summary>
internal static class DeadLetterMaking
{
    /// <summary>A letter for each record of a page that failed, in order.</summary>
    public static IEnumerable<DeadLetter> Letters(PipelinePlan plan, SourcePage page, PageResult result) =>
        result.Faults.OrderBy(fault => fault.Key).Select(fault => new DeadLetter(fault.Value, plan.Source.Stream, page.Records[fault.Key]))
            .Concat(result.OrphanFaults.Select(fault => new DeadLetter(fault.Fault, plan.Source.Stream, Orphan("window", fault.Message.Json))));

    /// <summary>A letter for what a destination refused: the source's record, where it came of one that is at hand.</summary>
    public static DeadLetter Refused(PipelinePlan plan, SourcePage? page, RefusedOutput refused)
    {
        var output = refused.Output;
        var record = page is null || output.Origin == Message.NoOrigin ? Orphan(output.PartitionKey, output.Json) : page.Records[output.Origin];
        return new DeadLetter(new RecordFault("put", refused.Reason), plan.Source.Stream, record);
    }

    /// <exception cref="PipelineException">The pipeline ends at the first record that can't go on.</exception>
    public static void StopIfAsked(PipelinePlan plan, IReadOnlyList<DeadLetter> letters)
    {
        if (plan.OnError != ErrorPolicy.Stop)
            return;
        var first = letters[0];
        throw new PipelineException($"{first.Record.ShardId} {first.Record.SequenceNumber}: {first.Fault.Stage}: {first.Fault.Reason}");
    }

    private static ConsumedRecord Orphan(string key, ReadOnlyMemory<byte> json) => new("", "", key, json, DateTimeOffset.UnixEpoch, 0);
}
