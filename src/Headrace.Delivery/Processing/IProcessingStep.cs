namespace Headrace.Delivery.Processing;

/// <summary>What a processor does with a batch. Not thread-safe.</summary>
internal interface IProcessingStep : IDisposable
{
    ValueTask RunAsync(WorkBatch batch, CancellationToken cancellation);
}
