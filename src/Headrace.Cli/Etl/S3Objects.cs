using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Headrace.Cli.Connection;
using Headrace.Client;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary>Buckets for pipelines, by AWS's own client: on AWS, Headrace, and whoever else knows <c>If-None-Match</c>.</summary>
internal sealed class S3Objects(ClientOptions options) : IObjectStore, IDisposable
{
    private const string Note = "headrace-last";

    private readonly AmazonS3Client _s3 = S3Connection.Open(options);

    public Task<bool> TryCreateAsync(string bucket, string key, ReadOnlyMemory<byte> content, string note, CancellationToken cancellationToken = default) => GuardAsync(bucket, async () =>
    {
        using var body = new MemoryStream(content.ToArray());
        var request = new PutObjectRequest { BucketName = bucket, Key = key, InputStream = body, ContentType = "application/x-ndjson", IfNoneMatch = "*" };
        request.Metadata[Note] = note;
        try
        {
            await _s3.PutObjectAsync(request, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    });

    public Task<string?> ReadNoteAsync(string bucket, string key, CancellationToken cancellationToken = default) => GuardAsync(bucket, async () =>
    {
        try
        {
            return (await _s3.GetObjectMetadataAsync(bucket, key, cancellationToken)).Metadata[Note];
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    });

    public Task<string?> LastKeyAsync(string bucket, string prefix, CancellationToken cancellationToken = default) => GuardAsync(bucket, async () =>
    {
        string? last = null;
        await foreach (var page in List(bucket, prefix).Responses.WithCancellation(cancellationToken))
            last = page.S3Objects?.LastOrDefault()?.Key ?? last;
        return last;
    });

    public Task<string?> LastFolderAsync(string bucket, string prefix, CancellationToken cancellationToken = default) => GuardAsync(bucket, async () =>
    {
        string? last = null;
        await foreach (var page in List(bucket, prefix).Responses.WithCancellation(cancellationToken))
            last = page.CommonPrefixes?.LastOrDefault() ?? last;
        return last;
    });

    public void Dispose() => _s3.Dispose();

    private IListObjectsV2Paginator List(string bucket, string prefix) =>
        _s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, Delimiter = "/" });

    /// <summary>409 is S3's answer to two conditional writes at the same time: the next try tells which was first.</summary>
    private static async Task<T> GuardAsync<T>(string bucket, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e) when ((int)e.StatusCode < 500 && e.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout) && (int)e.StatusCode >= 400)
        {
            throw new PipelineException($"bucket {bucket}: {e.ErrorCode}: {e.Message.TrimEnd('.')}", e);
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException)
        {
            throw new ObjectStoreUnavailableException($"bucket {bucket}: {e.GetBaseException().Message}", e);
        }
    }
}
