namespace Headrace.Pipelines;

/// <summary>Keeps dead letters, each once. Thread-safe, as long as letters of one lane and series come from one at a time.</summary>
internal interface IDeadLetterOffice : IDisposable
{
    /// <summary>Ends once the letters are durable.</summary>
    Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>A lane has ended.</summary>
    void Leave(object lane)
    {
    }
}
