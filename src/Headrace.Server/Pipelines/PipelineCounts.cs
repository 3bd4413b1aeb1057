namespace Headrace.Server.Pipelines;

/// <summary>Source records of a pipeline, by what became of them.</summary>
internal readonly record struct PipelineCounts(long Read, long Transformed, long Dropped, long DeadLettered, long Repeated)
{
    public static PipelineCounts operator +(PipelineCounts left, PipelineCounts right) => new(
        left.Read + right.Read, left.Transformed + right.Transformed, left.Dropped + right.Dropped, left.DeadLettered + right.DeadLettered, left.Repeated + right.Repeated);

    /// <summary>What came after an earlier count; a report that was overtaken by a later one takes nothing away.</summary>
    public PipelineCounts Since(PipelineCounts earlier) => new(
        Math.Max(0, Read - earlier.Read),
        Math.Max(0, Transformed - earlier.Transformed),
        Math.Max(0, Dropped - earlier.Dropped),
        Math.Max(0, DeadLettered - earlier.DeadLettered),
        Math.Max(0, Repeated - earlier.Repeated));
}
