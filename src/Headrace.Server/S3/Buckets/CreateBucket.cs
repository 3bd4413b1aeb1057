using Headrace.Buckets;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Buckets;

/// <summary>PUT of a bucket, in the caller's region or in the one that the body names.</summary>
internal sealed class CreateBucket(BucketStore store) : IS3Operation
{
    private const string FirstRegion = "us-east-1";

    public async Task HandleAsync(S3Request request)
    {
        var body = await BodyReceiver.ReceiveDocumentAsync(request);
        var constraint = body.Length == 0 ? null : S3Documents.Parse(body, "CreateBucketConfiguration").TextOf("LocationConstraint");
        var scope = request.Caller.Scope;
        if (constraint is not null)
            scope = scope with { Region = RegionOf(constraint, scope.Region) };
        try
        {
            store.CreateBucket(scope, request.Bucket);
        }
        catch (BucketsException taken) when (taken.Fault == BucketsFault.BucketAlreadyOwnedByYou && scope.Region == FirstRegion)
        {
            // S3's oldest region answers as if the bucket were new.
        }
        request.ResponseHeaders.Location = "/" + request.Bucket;
    }

    /// <summary>From any region but the first, a bucket can be made only in that one.</summary>
    private static string RegionOf(string constraint, string callersRegion)
    {
        var region = constraint == "EU" ? "eu-west-1" : constraint;
        if (region == FirstRegion)
            throw new S3Exception(400, "InvalidLocationConstraint", "The specified location-constraint is not valid") { Details = [("LocationConstraint", constraint)] };
        return callersRegion == FirstRegion || callersRegion == region
            ? region
            : throw new S3Exception(
                400, "IllegalLocationConstraintException",
                $"The {constraint} location constraint is incompatible for the region specific endpoint this request was sent to.");
    }
}
