namespace Headrace.Client;

/// <summary>Remembers how far each shard of a stream was handled.</summary>
public interface ICheckpointStore
{
    /// <summary>The last handled sequence number by shard id; empty when nothing was saved.</summary>
    Task<IReadOnlyDictionary<string, string>> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Replaces what was saved, durably, all or nothing.</summary>
    Task SaveAsync(IReadOnlyDictionary<string, string> checkpoints, CancellationToken cancellationToken = default);
}
