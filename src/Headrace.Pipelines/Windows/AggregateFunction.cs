namespace Headrace.Pipelines;

/// <summary>What a window tells of its records.</summary>
internal enum AggregateFunction
{
    Count,
    Sum,
    Min,
    Max,
    Mean,
    Distinct,
}
