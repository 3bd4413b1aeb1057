namespace Headrace.Jq;

/// <summary>Why a run of a program failed: an ordinary outcome of data, so a value.</summary>
/// <param name="Stage">What failed.</param>
/// <param name="Message">jq's own words, without the place that the jq command puts before them.</param>
public sealed record JqFault(JqStage Stage, string Message);
