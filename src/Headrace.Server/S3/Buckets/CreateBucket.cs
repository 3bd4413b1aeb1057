using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Settings;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Buckets;

/// <summary>PUT of a bucket, in the caller's region or in the one that the body names.</summary>
internal sealed class CreateBucket(BucketStore store) : IS3Operation
{
    private const string OwnershipHeader = "x-amz-object-ownership";
    private const string FirstRegion = "us-east-1";

    public async Task HandleAsync(S3Request request)
    {
        var body = await BodyReceiver.ReceiveDocumentAsync(request);
        var constraint = body.Length == 0 ? null : S3Documents.Parse(body, "CreateBucketConfiguration").TextOf("LocationConstraint");
        var scope = request.Caller.Scope;
        if (constraint is not null)
            scope = scope with { Region = RegionOf(constraint, scope.Region) };
        var locks = string.Equals(request.Header("x-amz-bucket-object-lock-enabled"), "true", StringComparison.OrdinalIgnoreCase);
        var grants = GrantReader.OfHeaders(request, CanonicalId.Of(scope.AccountId), CanonicalId.Of(scope.AccountId));
        var ownership = OwnershipOf(request.Header(OwnershipHeader));
        if (grants is not null && ObjectOwnership.TurnsAclsOff(request.Header(OwnershipHeader)))
            AclRules.CheckOwners(grants, CanonicalId.Of(scope.AccountId));
        try
        {
            store.CreateBucket(scope, request.Bucket, locks);
        }
        catch (BucketsException taken) when (taken.Fault == BucketsFault.BucketAlreadyOwnedByYou && scope.Region == FirstRegion)
        {
            // S3's oldest region answers as if the bucket were new.
        }
        if (grants is not null)
            store.SetBucketGrants(request.Bucket, grants);
        if (ownership is not null)
            store.SetSetting(request.Bucket, BucketSetting.OwnershipControls, ownership.ToString(SaveOptions.DisableFormatting));
        request.ResponseHeaders.Location = "/" + request.Bucket;
    }

    private static XElement? OwnershipOf(string? header)
    {
        if (header is null)
            return null;
        var document = new XElement("OwnershipControls", new XElement("Rule", new XElement("ObjectOwnership", header)));
        if (!ObjectOwnership.Rules.Contains(header))
            throw S3Exception.InvalidArgument(OwnershipHeader, header, "Invalid x-amz-object-ownership header: " + header);
        return document;
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
