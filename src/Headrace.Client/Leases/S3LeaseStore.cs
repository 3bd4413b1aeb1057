using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Headrace.Client;

/// <summary>
/// Keeps each lease in an object of its own, <c>PREFIX/SHARD.json</c>, changed by conditional writes. AWS, Headrace and whoever else knows
/// <c>If-None-Match</c> and <c>If-Match</c> can keep them.
/// </summary>
public sealed class S3LeaseStore : ILeaseStore
{
    private const string Extension = ".json";
    private const int ListedAtOnce = 16;

    private readonly AmazonS3Client _s3;
    private readonly string _bucket;
    private readonly string _prefix;

    // What this process saw last of each object: so most changes are one call, and a listing fetches only what has changed.
    private readonly ConcurrentDictionary<string, (string ETag, Lease Lease)> _seen = new(StringComparer.Ordinal);

    /// <summary>Keeps leases in a bucket, which must be there.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the objects' keys begin with, without the slash behind it.</param>
    /// <param name="options">Where S3 is, and as whom to connect.</param>
    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public S3LeaseStore(string bucket, string prefix, ClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(options);
        _bucket = bucket;
        _prefix = prefix.Length == 0 ? "" : prefix.TrimEnd('/') + "/";
        var endpoint = ClientEndpoint.Resolve("s3", options);
        _s3 = new AmazonS3Client(ClientEndpoint.ResolveCredentials(endpoint, options), new AmazonS3Config
        {
            ServiceURL = endpoint.AbsoluteUri,
            ForcePathStyle = !ClientEndpoint.IsAws(endpoint),
            AuthenticationRegion = ClientEndpoint.ResolveRegion(options),
            HttpClientFactory = new LeaseHttpClients(options),
        });
    }

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken = default) => ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default) => GuardAsync<IReadOnlyList<Lease>>(async () =>
    {
        var listed = new List<(string ShardId, string ETag)>();
        await foreach (var item in _s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix }).S3Objects.WithCancellation(cancellationToken))
        {
            if (item.Key.EndsWith(Extension, StringComparison.Ordinal) && !item.Key[_prefix.Length..].Contains('/', StringComparison.Ordinal))
                listed.Add((item.Key[_prefix.Length..^Extension.Length], item.ETag));
        }
        var leases = new Lease?[listed.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, listed.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ListedAtOnce, CancellationToken = cancellationToken },
            async (i, stop) =>
            {
                var (shardId, etag) = listed[i];
                leases[i] = _seen.TryGetValue(shardId, out var seen) && seen.ETag == etag ? seen.Lease : (await ReadAsync(shardId, stop))?.Lease;
            });
        return [.. leases.OfType<Lease>()];
    });

    /// <inheritdoc/>
    public Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return GuardAsync(async () => await TryWriteAsync(lease, etag: null, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) =>
        ChangeAsync(held, current => LeaseTransition.Renewed(current, held), LeaseTransition.Renewed(held, held), cancellationToken);

    /// <inheritdoc/>
    public Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, current => LeaseTransition.Taken(current, seen, owner), LeaseTransition.Taken(seen, seen, owner), cancellationToken);

    /// <inheritdoc/>
    public Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) =>
        ChangeAsync(seen, current => LeaseTransition.Requested(current, seen, worker), wanted: null, cancellationToken);

    /// <inheritdoc/>
    public Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(held, current => LeaseTransition.Released(current, held, successor), LeaseTransition.Released(held, held, successor), cancellationToken);

    /// <inheritdoc/>
    public Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            held,
            current => LeaseTransition.Checkpointed(current, held, checkpoint, childShardIds),
            LeaseTransition.Checkpointed(held, held, checkpoint, childShardIds),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return GuardAsync(async () =>
        {
            if (await ReadAsync(seen.ShardId, cancellationToken) is not var (etag, current) || !LeaseTransition.IsSame(current, seen))
                return false;
            try
            {
                await _s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _bucket, Key = KeyOf(seen.ShardId), IfMatch = etag }, cancellationToken);
            }
            catch (AmazonS3Exception e) when (IsOvertaken(e))
            {
                return false;
            }
            _seen.TryRemove(seen.ShardId, out _);
            return true;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _s3.Dispose();

    /// <param name="wanted">What the change makes of the lease as the caller knows it; found in the store, it is a lost answer's. Null: there is no telling.</param>
    private Task<Lease?> ChangeAsync(Lease known, Func<Lease, Lease?> change, Lease? wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        return GuardAsync(async () =>
        {
            var isFresh = false;
            var wasTried = false;
            if (!_seen.TryGetValue(known.ShardId, out var current))
            {
                if (await ReadAsync(known.ShardId, cancellationToken) is not { } found)
                    return null;
                (current, isFresh) = (found, true);
            }
            while (true)
            {
                if (change(current.Lease) is { } changed)
                {
                    if (await TryWriteAsync(changed, current.ETag, cancellationToken))
                        return changed;
                    wasTried = true;
                }
                else if (isFresh)
                {
                    return wasTried && wanted is not null && LeaseTransition.IsAlready(current.Lease, wanted) ? current.Lease : null;
                }
                // Somebody changed it since it was seen.
                if (await ReadAsync(known.ShardId, cancellationToken) is not { } now)
                    return null;
                (current, isFresh) = (now, true);
            }
        });
    }

    private async Task<(string ETag, Lease Lease)?> ReadAsync(string shardId, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _s3.GetObjectAsync(new GetObjectRequest { BucketName = _bucket, Key = KeyOf(shardId) }, cancellationToken);
            using var document = await JsonDocument.ParseAsync(answer.ResponseStream, cancellationToken: cancellationToken);
            var seen = (answer.ETag, LeaseJson.Read(shardId, document.RootElement));
            _seen[shardId] = seen;
            return seen;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode == "NoSuchKey")
        {
            _seen.TryRemove(shardId, out _);
            return null;
        }
    }

    /// <param name="etag">The object as it must be; null: there must be none.</param>
    private async Task<bool> TryWriteAsync(Lease lease, string? etag, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(LeaseJson.ToBytes(lease).ToArray());
        var request = new PutObjectRequest { BucketName = _bucket, Key = KeyOf(lease.ShardId), InputStream = content, ContentType = "application/json" };
        if (etag is null)
            request.IfNoneMatch = "*";
        else
            request.IfMatch = etag;
        try
        {
            var answer = await _s3.PutObjectAsync(request, cancellationToken);
            _seen[lease.ShardId] = (answer.ETag, lease);
            return true;
        }
        catch (AmazonS3Exception e) when (IsOvertaken(e) || e.ErrorCode == "NoSuchKey")
        {
            return false;
        }
    }

    private string KeyOf(string shardId) => _prefix + shardId + Extension;

    /// <summary>409 is S3's answer to two conditional writes at the same time.</summary>
    private static bool IsOvertaken(AmazonS3Exception refused) => refused.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict;

    private async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonS3Exception e)
        {
            throw new LeaseStoreException($"cannot keep leases in s3://{_bucket}/{_prefix.TrimEnd('/')}: {e.ErrorCode}: {e.Message}", e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException)
        {
            throw new LeaseStoreException($"cannot keep leases in s3://{_bucket}/{_prefix.TrimEnd('/')}: {e.GetBaseException().Message}", e);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or FormatException or InvalidOperationException)
        {
            throw new LeaseStoreException($"an object in s3://{_bucket}/{_prefix.TrimEnd('/')} is no lease: {e.Message}", e);
        }
    }
}
