namespace Headrace.Client.Kinesis;

/// <summary>Whether a stream scales by itself.</summary>
public sealed record StreamModeDetails
{
    /// <summary>The mode: <c>PROVISIONED</c> or <c>ON_DEMAND</c>.</summary>
    public required string StreamMode { get; init; }
}
