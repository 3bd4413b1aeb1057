namespace Headrace.Pipelines;

/// <summary>What goes to a destination.</summary>
/// <param name="Destination">The destination's index in the plan.</param>
/// <param name="Origin">As in <see cref="Message"/>.</param>
internal readonly record struct RoutedOutput(int Destination, int Origin, ReadOnlyMemory<byte> Json, string PartitionKey)
{
    /// <summary>Rises from output to output of a destination, see <see cref="OutputNumber"/>.</summary>
    public long Number { get; init; } = OutputNumber.None;
}
