namespace Headrace.Pipelines;

/// <summary>Keeps dead letters.</summary>
internal interface IDeadLetterOffice : IDisposable
{
    /// <summary>Ends once the letter is durable.</summary>
    Task PostAsync(DeadLetter letter, CancellationToken cancellationToken);
}
