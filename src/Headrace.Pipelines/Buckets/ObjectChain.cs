using System.Globalization;

namespace Headrace.Pipelines;

/// <summary>
/// The objects of one producer. Each is named after the first number that it may hold, which is one above the last number in the object
/// before: so whoever goes on from the same place goes for the same name, and only one has it
/// (docs/decisions/0017-shared-pipelines-and-buckets.md). The last number in an object is its note.
/// </summary>
internal sealed class ObjectChain
{
    // Keys are listed from the front only: in folders, the last one is found in few calls.
    private const long PositionsInFolder = 1_000_000;

    private readonly IObjectStore _store;
    private readonly BucketAddress _address;
    private readonly string _folder;

    /// <param name="store">Where buckets are.</param>
    /// <param name="address">The place in one.</param>
    /// <param name="producer">Under whose name the outputs are numbered, see <see cref="ProducerNames"/>.</param>
    public ObjectChain(IObjectStore store, BucketAddress address, string producer)
    {
        (_store, _address) = (store, address);
        var parts = producer.Split(':');
        _folder = $"{address.Prefix}{(parts[1].Length > 0 ? parts[1] : "pipeline")}/{parts[3]}-{parts[2]}/";
    }

    /// <summary>The highest number that the objects hold; <see cref="OutputNumber.None"/> where there are none.</summary>
    public async Task<long> StandingAsync() =>
        await _store.LastFolderAsync(_address.Bucket, _folder) is { } folder && await _store.LastKeyAsync(_address.Bucket, folder) is { } key
            ? await LastOfAsync(key)
            : OutputNumber.None;

    /// <summary>Adds the object that follows on a number.</summary>
    /// <param name="standing">The highest number that the objects hold.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="last">The last number in it.</param>
    /// <returns>The highest number that the objects hold then: another than <paramref name="last"/> is that of an object that was there already.</returns>
    public async Task<(bool IsCreated, long Standing)> AddAsync(long standing, ReadOnlyMemory<byte> content, long last)
    {
        var first = standing + 1;
        var key = string.Create(CultureInfo.InvariantCulture, $"{_folder}{(first >> OutputNumber.IndexBits) / PositionsInFolder:d7}/{first:d19}.ndjson");
        if (await _store.TryCreateAsync(_address.Bucket, key, content, last.ToString(CultureInfo.InvariantCulture)))
            return (true, last);
        var found = await LastOfAsync(key);
        return found > standing ? (false, found) : throw new PipelineException($"the object {key} in {_address.Bucket} ends before it begins");
    }

    /// <summary>Adds what has no number, under a name of its own.</summary>
    public async Task AddUnnumberedAsync(ReadOnlyMemory<byte> content)
    {
        var key = $"{_folder}unnumbered/{Guid.CreateVersion7()}.ndjson";
        await _store.TryCreateAsync(_address.Bucket, key, content, "");
    }

    private async Task<long> LastOfAsync(string key) =>
        long.TryParse(await _store.ReadNoteAsync(_address.Bucket, key), NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? last
            : throw new PipelineException($"the object {key} in {_address.Bucket} does not tell what it holds; a pipeline did not write it");
}
