namespace Headrace.Client;

/// <summary>How a record's end is told: with its place; with null for a flush, once everything before it has ended.</summary>
internal sealed class ItemCompletion() : TaskCompletionSource<ProducedRecord?>(TaskCreationOptions.RunContinuationsAsynchronously);
