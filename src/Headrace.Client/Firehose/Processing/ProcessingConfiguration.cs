namespace Headrace.Client.Firehose;

/// <summary>What is made of records on their way.</summary>
public sealed record ProcessingConfiguration
{
    /// <summary>Whether it is on.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The steps, in their order.</summary>
    public IReadOnlyList<Processor>? Processors { get; init; }
}
