namespace Headrace.Delivery.Processing;

/// <summary>What happens to records between source and object. Immutable.</summary>
public sealed record ProcessingConfiguration(bool Enabled, IReadOnlyList<Processor> Processors)
{
    /// <summary>The processor of a type; null when processing is off or has none.</summary>
    public Processor? Find(ProcessorType type) => Enabled ? Processors.FirstOrDefault(processor => processor.Type == type) : null;
}
