namespace Headrace.Pipelines;

/// <summary>A step that takes one message after the other and needs nobody's answer.</summary>
internal abstract class MessageStep(string stage) : IStep
{
    public ValueTask RunAsync(StepBatch batch, CancellationToken cancellationToken)
    {
        foreach (var message in batch.Messages)
        {
            if (Take(message, batch) is { } reason)
                batch.Fail(message, stage, reason);
        }
        return ValueTask.CompletedTask;
    }

    public abstract void Dispose();

    /// <summary>Emits what it makes of the message.</summary>
    /// <returns>Null, or why the record fails.</returns>
    protected abstract string? Take(in Message message, StepBatch batch);
}
