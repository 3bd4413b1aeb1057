namespace Headrace.Cli.Demo;

/// <summary>What checking found wrong; all zero when the run was right.</summary>
/// <param name="Missing">Records produced that arrived nowhere.</param>
/// <param name="Copies">Records that arrived more often than they were produced.</param>
/// <param name="Misrouted">Records in the bucket of the other side.</param>
/// <param name="Untransformed">Records delivered without the transform's members.</param>
internal sealed record DemoResult(long Missing, long Copies, long Misrouted, long Untransformed)
{
    public bool IsRight => this is { Missing: 0, Copies: 0, Misrouted: 0, Untransformed: 0 };
}
