using System.Buffers;
using System.Text.Json;
using Headrace.Files;

namespace Headrace.Client;

/// <summary>
/// Keeps leases in one JSON file, for several processes on one machine: each change locks the file, and replaces it as a whole. It also goes on
/// from the file of a <see cref="FileCheckpointStore"/>.
/// </summary>
/// <param name="path">The file; its folder is made when it is needed, and <c>PATH.lock</c> lies beside it.</param>
public sealed class FileLeaseStore(string path) : ILeaseStore
{
    private readonly string _path = Path.GetFullPath(path);

    // One of this process at a time goes for the lock: then only other processes are waited for by trying again.
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken = default)
    {
        // Reads what is there, so that a file that holds something else is told at the start.
        return ListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default)
    {
        // The file is replaced by a rename, so it is whole at any time.
        var leases = await GuardAsync(() => ReadAsync(cancellationToken));
        return [.. leases.Values];
    }

    /// <inheritdoc/>
    public async Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return await ChangeAsync(lease.ShardId, current => current is null ? lease : null, cancellationToken) is not null;
    }

    /// <inheritdoc/>
    public Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) =>
        ChangeKnownAsync(held, current => LeaseTransition.Renewed(current, held), cancellationToken);

    /// <inheritdoc/>
    public Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) =>
        ChangeKnownAsync(seen, current => LeaseTransition.Taken(current, seen, owner), cancellationToken);

    /// <inheritdoc/>
    public Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) =>
        ChangeKnownAsync(seen, current => LeaseTransition.Requested(current, seen, worker), cancellationToken);

    /// <inheritdoc/>
    public Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) =>
        ChangeKnownAsync(held, current => LeaseTransition.Released(current, held, successor), cancellationToken);

    /// <inheritdoc/>
    public Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default) =>
        ChangeKnownAsync(held, current => LeaseTransition.Checkpointed(current, held, checkpoint, childShardIds), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return await LockedAsync(async leases =>
        {
            if (!leases.TryGetValue(seen.ShardId, out var current) || !LeaseTransition.IsSame(current, seen))
                return false;
            leases.Remove(seen.ShardId);
            await SaveAsync(leases);
            return true;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private Task<Lease?> ChangeKnownAsync(Lease known, Func<Lease, Lease?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        return ChangeAsync(known.ShardId, current => current is null ? null : change(current), cancellationToken);
    }

    private Task<Lease?> ChangeAsync(string shardId, Func<Lease?, Lease?> change, CancellationToken cancellationToken) =>
        LockedAsync(async leases =>
        {
            if (change(leases.GetValueOrDefault(shardId)) is not { } changed)
                return null;
            leases[shardId] = changed;
            await SaveAsync(leases);
            return changed;
        }, cancellationToken);

    private async Task<T> LockedAsync<T>(Func<SortedDictionary<string, Lease>, Task<T>> use, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await GuardAsync(async () =>
            {
                LocalDisk.Instance.CreateDirectory(Path.GetDirectoryName(_path)!);
                using var locked = await FileLock.TakeAsync(_path + ".lock", cancellationToken);
                return await use(await ReadAsync(cancellationToken));
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<SortedDictionary<string, Lease>> ReadAsync(CancellationToken cancellationToken)
    {
        var leases = new SortedDictionary<string, Lease>(StringComparer.Ordinal);
        if (!File.Exists(_path))
            return leases;
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(_path, cancellationToken));
        foreach (var member in document.RootElement.EnumerateObject())
            leases.Add(member.Name, LeaseJson.Read(member.Name, member.Value));
        return leases;
    }

    private Task SaveAsync(SortedDictionary<string, Lease> leases)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (var (shardId, lease) in leases)
            {
                writer.WritePropertyName(shardId);
                LeaseJson.Write(writer, lease);
            }
            writer.WriteEndObject();
        }
        return Task.Run(() => DurableFile.Replace(_path, bytes.WrittenSpan));
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or InvalidDataException or ArgumentException)
        {
            throw new LeaseStoreException($"{_path} holds no leases: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LeaseStoreException($"cannot keep leases in {_path}: {e.Message}", e);
        }
    }
}
