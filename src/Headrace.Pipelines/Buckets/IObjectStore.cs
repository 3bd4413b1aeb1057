namespace Headrace.Pipelines;

/// <summary>
/// The little of S3 that a pipeline needs to write to buckets. Implementations are thread-safe, and throw
/// <see cref="ObjectStoreUnavailableException"/> where trying again may help, and <see cref="PipelineException"/> where it does not.
/// </summary>
public interface IObjectStore
{
    /// <summary>Creates an object, unless there is one under its key. Of two that try at a time, one does.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="note">A short text that is kept beside the content.</param>
    /// <param name="cancellationToken">Ends the try; whether the object is there is not known then.</param>
    /// <returns>False: there is one already, which is left alone.</returns>
    Task<bool> TryCreateAsync(string bucket, string key, ReadOnlyMemory<byte> content, string note, CancellationToken cancellationToken = default);

    /// <summary>The note of an object; null where there is no such object, or no note with it.</summary>
    Task<string?> ReadNoteAsync(string bucket, string key, CancellationToken cancellationToken = default);

    /// <summary>The last key, in the order of keys, of those that begin with a prefix and have no slash behind it; null where there is none.</summary>
    Task<string?> LastKeyAsync(string bucket, string prefix, CancellationToken cancellationToken = default);

    /// <summary>The last of the prefixes that are one slash longer than a prefix; null where there is none.</summary>
    Task<string?> LastFolderAsync(string bucket, string prefix, CancellationToken cancellationToken = default);
}
