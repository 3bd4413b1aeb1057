using Headrace.Buckets;
using Headrace.Server.S3.Buckets;
using Headrace.Server.S3.Listing;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Uploads;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3;

/// <summary>Finds the operation that a request means: by method, by what it addresses and by its sub-resource.</summary>
internal sealed class S3Routes(BucketStore store)
{
    /// <summary>What S3 has and this server has not. Without this list such a request would be taken for another one.</summary>
    private static readonly HashSet<string> NotImplemented = new(StringComparer.Ordinal)
    {
        "accelerate", "acl", "analytics", "attributes", "cors", "encryption", "intelligent-tiering", "inventory", "legal-hold",
        "lifecycle", "logging", "metadataConfiguration", "metadataTable", "metrics", "notification", "object-lock",
        "ownershipControls", "policy", "policyStatus", "publicAccessBlock", "renameObject", "replication", "requestPayment",
        "restore", "retention", "select", "session", "torrent", "versions", "website",
    };

    private readonly ListBuckets _listBuckets = new(store);
    private readonly CreateBucket _createBucket = new(store);
    private readonly Dictionary<(string Method, string SubResource), IS3Operation> _ofBucket = new()
    {
        [("HEAD", "")] = new HeadBucket(store),
        [("DELETE", "")] = new DeleteBucket(store),
        [("GET", "")] = new ListObjects(store),
        [("GET", "list-type")] = new ListObjectsV2(store),
        [("GET", "location")] = new GetBucketLocation(store),
        [("GET", "versioning")] = new GetBucketVersioning(),
        [("GET", "uploads")] = new ListMultipartUploads(store),
        [("POST", "delete")] = new DeleteObjects(store),
    };

    private readonly Dictionary<(string Method, string SubResource), IS3Operation> _ofObject = new()
    {
        [("GET", "")] = new GetObject(store),
        [("HEAD", "")] = new HeadObject(store),
        [("PUT", "")] = new PutObject(store),
        [("PUT", "copy")] = new CopyObject(store),
        [("DELETE", "")] = new DeleteObject(store),
        [("GET", "tagging")] = new GetObjectTagging(store),
        [("PUT", "tagging")] = new PutObjectTagging(store),
        [("DELETE", "tagging")] = new DeleteObjectTagging(store),
        [("POST", "uploads")] = new CreateMultipartUpload(store),
        [("PUT", "uploadId")] = new UploadPart(store),
        [("PUT", "uploadId copy")] = new UploadPartCopy(store),
        [("POST", "uploadId")] = new CompleteMultipartUpload(store),
        [("DELETE", "uploadId")] = new AbortMultipartUpload(store),
        [("GET", "uploadId")] = new ListParts(store),
    };

    /// <exception cref="S3Exception">There is no such operation, here or at S3, or the caller may not use the bucket.</exception>
    /// <exception cref="BucketsException">NoSuchBucket.</exception>
    public IS3Operation Find(S3Request request)
    {
        var query = request.Http.Request.Query;
        if (query.Keys.FirstOrDefault(NotImplemented.Contains) is { } missing)
            throw S3Exception.NotImplemented(missing);
        if (request.Query("versionId") is { Length: > 0 } version and not "null")
            throw S3Exception.InvalidArgument("versionId", version, "Invalid version id specified");
        var method = request.Http.Request.Method;
        if (request.Bucket.Length == 0)
            return HttpMethods.IsGet(method) ? _listBuckets : throw MethodNotAllowed(method);
        if (request.Key.Length == 0 && HttpMethods.IsPut(method) && !query.Keys.Any(IsSubResource))
            return _createBucket;
        BucketAccess.Check(store.GetBucket(request.Bucket), request.Caller);
        return request.Key.Length == 0
            ? Choose(_ofBucket, method, query.Keys.FirstOrDefault(name => IsSubResource(name) || name == "list-type") ?? "")
            : Choose(_ofObject, method, SubResourceOfObject(request));
    }

    private static bool IsSubResource(string name) => name is "location" or "versioning" or "uploads" or "delete" or "tagging";

    private static string SubResourceOfObject(S3Request request)
    {
        var name = request.Http.Request.Query.Keys.FirstOrDefault(key => key is "uploadId" or "uploads" or "tagging") ?? "";
        var copies = HttpMethods.IsPut(request.Http.Request.Method) && request.Header(CopySource.Header) is not null;
        return copies ? $"{name} copy".TrimStart() : name;
    }

    private static IS3Operation Choose(Dictionary<(string Method, string SubResource), IS3Operation> operations, string method, string subResource)
    {
        if (operations.TryGetValue((method, subResource), out var operation))
            return operation;
        throw subResource.Length > 0 ? S3Exception.NotImplemented($"{method} of {subResource}") : MethodNotAllowed(method);
    }

    private static S3Exception MethodNotAllowed(string method) =>
        new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.") { Details = [("Method", method)] };
}
