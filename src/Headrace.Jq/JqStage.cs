namespace Headrace.Jq;

/// <summary>Where a run of a program can fail.</summary>
public enum JqStage
{
    /// <summary>The input is not one JSON text in UTF-8.</summary>
    Input,

    /// <summary>The program raised an error.</summary>
    Program,

    /// <summary>An output nests deeper than jq writes.</summary>
    Output,
}
