namespace Headrace.Pipelines;

/// <summary>What becomes of a run when a record can't go on.</summary>
public enum ErrorPolicy
{
    /// <summary>The record goes to the dead letters, and the run goes on.</summary>
    DeadLetter,

    /// <summary>The run ends before the record; nothing is skipped.</summary>
    Stop,
}
