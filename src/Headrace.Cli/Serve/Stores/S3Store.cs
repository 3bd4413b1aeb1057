using System.Net;
using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;
using Headrace.Delivery;
using Headrace.Delivery.Destinations;

namespace Headrace.Cli.Serve.Stores;

/// <summary>Puts objects into another service's buckets: Amazon S3's, or those of whatever speaks its API. Thread-safe.</summary>
internal sealed class S3Store : IObjectStore, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly AmazonS3Client _s3;
    private readonly Uri _endpoint;

    private S3Store(AmazonS3Client s3, Uri endpoint)
    {
        _s3 = s3;
        _endpoint = endpoint;
    }

    /// <exception cref="UsageException">There is no such profile, or no credentials for Amazon S3.</exception>
    public static S3Store Open(string name, StoreSettings settings)
    {
        var options = new ClientOptions
        {
            Aws = settings.Endpoint is null,
            EndpointUrl = settings.Endpoint is null ? null : new Uri(settings.Endpoint),
            Region = settings.Region,
            Profile = settings.Profile,
        };
        try
        {
            var endpoint = ClientEndpoint.Resolve("s3", options);
            var isAws = ClientEndpoint.IsAws(endpoint);
            return new S3Store(
                new AmazonS3Client(ClientEndpoint.ResolveCredentials(endpoint, options), new AmazonS3Config
                {
                    ServiceURL = endpoint.AbsoluteUri,
                    ForcePathStyle = !isAws,
                    AuthenticationRegion = ClientEndpoint.ResolveRegion(options),
                    MaxErrorRetry = 2,
                    Timeout = Patience,
                    HttpClientFactory = new TrustingHttpClients(options, isLasting: true),

                    // Not every service knows the newer checksums, and the signature covers the body already.
                    RequestChecksumCalculation = isAws ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED,
                    ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
                }),
                endpoint);
        }
        catch (InvalidOperationException mistake)
        {
            throw new UsageException($"--store {name}: {mistake.Message.TrimEnd('.')}");
        }
    }

    public async Task PutAsync(OutgoingObject outgoing, CancellationToken cancellation)
    {
        MemoryMarshal.TryGetArray(outgoing.Body, out var bytes);
        using var body = bytes.Array is null ? new MemoryStream(outgoing.Body.ToArray()) : new MemoryStream(bytes.Array, bytes.Offset, bytes.Count, writable: false);
        var request = new PutObjectRequest
        {
            BucketName = outgoing.Bucket,
            Key = outgoing.Key,
            InputStream = body,
            ContentType = OutgoingObject.ContentType,
            UseChunkEncoding = false,
            AutoCloseStream = false,
        };
        if (outgoing.ContentEncoding is { } encoding)
            request.Headers.ContentEncoding = encoding;
        if (outgoing.StorageClass is { } storageClass)
            request.StorageClass = S3StorageClass.FindValue(storageClass);
        if (outgoing.ExpectedOwner is { } owner)
            request.ExpectedBucketOwner = owner;
        if (outgoing.KmsKey is { } key)
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
            request.ServerSideEncryptionKeyManagementServiceKeyId = key;
        }
        await AskAsync(() => _s3.PutObjectAsync(request, cancellation), cancellation);
    }

    public async Task<bool> ExistsAsync(string bucket, string key, CancellationToken cancellation)
    {
        try
        {
            await AskAsync(() => _s3.GetObjectMetadataAsync(bucket, key, cancellation), cancellation);
            return true;
        }
        catch (DeliveryStandstillException failure) when (failure.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Forbidden })
        {
            // Who may put and not list is told 403 of what is missing.
            return false;
        }
    }

    public void Dispose() => _s3.Dispose();

    private async Task AskAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            await call();
        }
        catch (AmazonS3Exception failure)
        {
            throw new DeliveryStandstillException($"S3.{CodeOf(failure)}", $"{_endpoint.GetLeftPart(UriPartial.Authority)}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is AmazonClientException or HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new DeliveryStandstillException("S3.ConnectionFailed", $"{_endpoint.GetLeftPart(UriPartial.Authority)} could not be reached: {failure.Message}", failure);
        }
    }

    private static string CodeOf(AmazonS3Exception failure) => string.IsNullOrEmpty(failure.ErrorCode) ? failure.StatusCode.ToString() : failure.ErrorCode;
}
