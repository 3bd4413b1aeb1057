namespace Headrace.Pipelines;

/// <summary>Keeps dead letters. Thread-safe.</summary>
internal interface IDeadLetterOffice : IDisposable
{
    /// <summary>Ends once the letters are durable.</summary>
    Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);
}
