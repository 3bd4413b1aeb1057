namespace Headrace.Pipelines;

/// <summary>One step of a pipeline, at work for one worker. Not thread-safe.</summary>
internal interface IStep : IDisposable
{
    /// <summary>
    /// Takes each of <see cref="StepBatch.Messages"/>, and emits what it makes of it, in order, or fails its record. What is neither
    /// emitted nor failed is dropped on purpose.
    /// </summary>
    ValueTask RunAsync(StepBatch batch, CancellationToken cancellationToken);
}
