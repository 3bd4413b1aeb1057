using Headrace.Delivery.Conversion;

namespace Headrace.Delivery.Processing;

/// <summary>A record that could not be processed, and why.</summary>
/// <param name="Record">The record.</param>
/// <param name="ErrorOutputType">Under which name its object goes.</param>
/// <param name="ErrorCode">AWS's code.</param>
/// <param name="ErrorMessage">What was wrong.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LambdaArn">The function that failed; null where none did.</param>
internal sealed record FailedRecord(WorkRecord Record, string ErrorOutputType, string ErrorCode, string ErrorMessage, int Attempts = 1, string? LambdaArn = null)
{
    /// <summary>The table whose columns the record doesn't fit; null where it failed otherwise.</summary>
    public ConversionTable? Table { get; init; }
}
