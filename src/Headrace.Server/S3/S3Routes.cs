using Headrace.Buckets;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Buckets;
using Headrace.Server.S3.Forms;
using Headrace.Server.S3.Objects;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3;

/// <summary>Finds the operation that a request means: by method, by what it addresses and by its sub-resource.</summary>
internal sealed class S3Routes
{
    /// <summary>Every sub-resource of S3's. One that this server has not must not be taken for another request.</summary>
    private static readonly HashSet<string> SubResources = new(StringComparer.Ordinal)
    {
        "accelerate", "acl", "analytics", "attributes", "cors", "delete", "encryption", "intelligent-tiering", "inventory", "legal-hold",
        "lifecycle", "location", "logging", "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable", "metadataTable",
        "metrics", "notification", "object-lock", "ownershipControls", "policy", "policyStatus", "publicAccessBlock", "renameObject",
        "replication", "requestPayment", "restore", "retention", "select", "session", "tagging", "torrent", "uploadId", "uploads",
        "versioning", "versions", "website", "list-type",
    };

    private readonly BucketStore _store;
    private readonly BucketAccess _access;
    private readonly ListBuckets _listBuckets;
    private readonly CreateBucket _createBucket;
    private readonly S3RouteTable _ofBucket;
    private readonly S3RouteTable _ofObject;

    public S3Routes(BucketStore store, FormSignatures signatures)
    {
        _store = store;
        _access = new BucketAccess(store);
        _listBuckets = new ListBuckets(store);
        _createBucket = new CreateBucket(store);
        _ofBucket = BucketRoutes.Create(store, signatures, _access);
        _ofObject = ObjectRoutes.Create(store, new CopySource(store, _access));
    }

    /// <summary>Finds the operation, once the caller may use it.</summary>
    /// <exception cref="S3Exception">There is no such operation, here or at S3, or the caller may not use the bucket.</exception>
    /// <exception cref="BucketsException">NoSuchBucket.</exception>
    public IS3Operation Find(S3Request request)
    {
        var method = request.Http.Request.Method;
        var subResource = SubResourceOf(request);
        if (request.Bucket.Length == 0)
        {
            CheckKnown(request);
            return HttpMethods.IsGet(method) && subResource.Length == 0 ? _listBuckets : throw NotAllowed(method);
        }
        if (request.Key.Length == 0 && HttpMethods.IsPut(method) && subResource.Length == 0)
        {
            CheckKnown(request);
            return _createBucket;
        }
        var route = (request.Key.Length == 0 ? _ofBucket : _ofObject).Find(method, subResource);
        request.Target = _store.GetBucket(request.Bucket);
        CheckOwner(request);
        if (route.Operation is not (PostObject or DeleteObjects))
            _access.Check(request, route.Permit);
        return route.Operation;
    }

    private static string SubResourceOf(S3Request request)
    {
        var name = request.Http.Request.Query.Keys.FirstOrDefault(SubResources.Contains) ?? "";
        if (name == "list-type" && request.Query(name) != "2")
            throw S3Exception.InvalidArgument(name, request.Query(name) ?? "", "Invalid List Type specified in Request");
        var copies = (name is "" or "uploadId") && request.Key.Length > 0 && HttpMethods.IsPut(request.Http.Request.Method) && request.Header(CopySource.Header) is not null;
        return copies ? $"{name} copy".TrimStart() : name;
    }

    private static void CheckKnown(S3Request request)
    {
        if (request.Caller.Scope.AccountId.Length == 0)
            throw S3Exception.AccessDenied();
    }

    /// <summary>A client may insist on whose the bucket is.</summary>
    private static void CheckOwner(S3Request request)
    {
        if (request.Header("x-amz-expected-bucket-owner") is { } expected && expected != request.Target.Owner.AccountId)
            throw S3Exception.AccessDenied();
    }

    private static S3Exception NotAllowed(string method) => new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
    {
        Details = [("Method", method), ("ResourceType", "SERVICE")],
    };
}
