using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Checkpoints that a run has loaded already; it saves them by itself.</summary>
internal sealed class LoadedCheckpoints(IReadOnlyDictionary<string, string> positions) : ICheckpointStore
{
    public Task<IReadOnlyDictionary<string, string>> LoadAsync(CancellationToken cancellationToken = default) => Task.FromResult(positions);

    public Task SaveAsync(IReadOnlyDictionary<string, string> checkpoints, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("a consumer only loads");
}
