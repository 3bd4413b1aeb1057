using System.Runtime.CompilerServices;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Says where records would go, and moves nothing.</summary>
public static class DryRun
{
    private const string Source = "dry-run";

    /// <summary>What would become of records, in order. At the end come the windows that the pipeline closes there.</summary>
    /// <param name="plan">The pipeline.</param>
    /// <param name="records">The records' data.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<DryRunOutcome> RunAsync(
        PipelinePlan plan, IAsyncEnumerable<ReadOnlyMemory<byte>> records, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var work = new PageWork(plan);
        long count = 0;
        await foreach (var data in records.WithCancellation(cancellationToken))
        {
            var number = (++count).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var page = new SourcePage(Source, [new ConsumedRecord(Source, number, Source, data, DateTimeOffset.UtcNow, 0)]);
            foreach (var outcome in Outcomes(plan, await work.RunAsync(page, cancellationToken), count))
                yield return outcome;
        }
        foreach (var outcome in Outcomes(plan, await work.EndAsync(cancellationToken), null))
            yield return outcome;
    }

    private static IEnumerable<DryRunOutcome> Outcomes(PipelinePlan plan, PageResult result, long? record)
    {
        foreach (var fault in result.Faults.Values.Concat(result.OrphanFaults.Select(orphan => orphan.Fault)))
            yield return new DryRunOutcome(record, null, null, default, fault);
        foreach (var output in result.Outputs)
            yield return new DryRunOutcome(record, plan.Destinations[output.Destination].Name, output.PartitionKey, output.Json, null);
        if (result.Dropped > 0 && record is not null)
            yield return new DryRunOutcome(record, null, null, default, null);
    }
}
