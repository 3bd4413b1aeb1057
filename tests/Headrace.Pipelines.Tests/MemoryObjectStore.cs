namespace Headrace.Pipelines.Tests;

/// <summary>A bucket in memory.</summary>
internal sealed class MemoryObjectStore : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (byte[] Content, string Note)> _objects = new(StringComparer.Ordinal);

    /// <summary>So many further answers are lost, after the call was done.</summary>
    public int LostAnswers { get; set; }

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_lock)
                return [.. _objects.Keys];
        }
    }

    /// <summary>All lines of the objects under a prefix, object by object.</summary>
    public IReadOnlyList<string> Lines(string prefix)
    {
        lock (_lock)
            return [.. _objects.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal)).SelectMany(one => System.Text.Encoding.UTF8.GetString(one.Value.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries))];
    }

    public Task<bool> TryCreateAsync(string bucket, string key, ReadOnlyMemory<byte> content, string note, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var isCreated = _objects.TryAdd(key, (content.ToArray(), note));
            return LostAnswers-- > 0 ? throw new ObjectStoreUnavailableException("lost") : Task.FromResult(isCreated);
        }
    }

    public Task<string?> ReadNoteAsync(string bucket, string key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
            return Task.FromResult(_objects.TryGetValue(key, out var found) ? found.Note : null);
    }

    public Task<string?> LastKeyAsync(string bucket, string prefix, CancellationToken cancellationToken = default)
    {
        lock (_lock)
            return Task.FromResult(_objects.Keys.LastOrDefault(key => key.StartsWith(prefix, StringComparison.Ordinal) && !key[prefix.Length..].Contains('/')));
    }

    public Task<string?> LastFolderAsync(string bucket, string prefix, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_objects.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && key[prefix.Length..].Contains('/'))
                .Select(key => key[..(key.IndexOf('/', prefix.Length) + 1)]).LastOrDefault());
        }
    }
}
