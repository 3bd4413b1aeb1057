namespace Headrace.Pipelines;

/// <summary>What became of a page's records.</summary>
/// <param name="Outputs">In order.</param>
/// <param name="Faults">By the record's index in the page.</param>
/// <param name="OrphanFaults">Of what came of no single record.</param>
/// <param name="Transformed">Records that came through the steps.</param>
/// <param name="Dropped">Records of which the steps made nothing.</param>
internal sealed record PageResult(
    IReadOnlyList<RoutedOutput> Outputs, IReadOnlyDictionary<int, RecordFault> Faults, IReadOnlyList<(Message Message, RecordFault Fault)> OrphanFaults,
    int Transformed, int Dropped);
