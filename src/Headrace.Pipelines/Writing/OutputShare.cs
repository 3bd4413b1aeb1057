namespace Headrace.Pipelines;

/// <summary>What a destination is given at once.</summary>
/// <param name="Outputs">In order.</param>
/// <param name="RefuseAsync">
/// Takes what the service refuses for what it is. Where outputs have numbers it ends before the next one is put: behind a higher number
/// the lower one could not be told from one that was taken.
/// </param>
internal sealed record OutputShare(IReadOnlyList<RoutedOutput> Outputs, Func<RefusedOutput, Task> RefuseAsync);
