namespace Headrace.Pipelines;

/// <summary>Why a record could not go on.</summary>
/// <param name="Stage">Where it failed: <c>parse</c>, a step such as <c>steps[0].jq</c>, <c>route</c> or <c>put</c>.</param>
/// <param name="Reason">One line.</param>
public sealed record RecordFault(string Stage, string Reason);
