namespace Headrace.Delivery.Processing;

/// <summary>One step of processing. Immutable.</summary>
public sealed record Processor(ProcessorType Type, IReadOnlyList<ProcessorParameter> Parameters)
{
    /// <summary>A setting's value; null when it isn't given.</summary>
    public string? this[string parameter] => Parameters.FirstOrDefault(given => given.Name == parameter)?.Value;
}
