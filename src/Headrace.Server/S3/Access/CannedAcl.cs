using Headrace.Buckets.Access;

namespace Headrace.Server.S3.Access;

/// <summary>Grants by one word, in <c>x-amz-acl</c>.</summary>
internal static class CannedAcl
{
    public const string Header = "x-amz-acl";

    public const string BucketOwnerFullControl = "bucket-owner-full-control";

    /// <param name="name">The word.</param>
    /// <param name="owner">Of the bucket or object, as a canonical id.</param>
    /// <param name="bucketOwner">Of the bucket.</param>
    /// <exception cref="S3Exception">InvalidArgument: there is no such word.</exception>
    public static IReadOnlyList<AccessGrant> Grants(string name, string owner, string bucketOwner)
    {
        var own = new AccessGrant(IsGroup: false, owner, AccessPermission.FullControl);
        return name switch
        {
            "private" or "aws-exec-read" => [own],
            "bucket-owner-read" or BucketOwnerFullControl when owner == bucketOwner => [own],
            "bucket-owner-read" => [own, new AccessGrant(IsGroup: false, bucketOwner, AccessPermission.Read)],
            BucketOwnerFullControl => [own, new AccessGrant(IsGroup: false, bucketOwner, AccessPermission.FullControl)],
            "public-read" => [own, Group(AccessGrant.AllUsers, AccessPermission.Read)],
            "public-read-write" => [own, Group(AccessGrant.AllUsers, AccessPermission.Read), Group(AccessGrant.AllUsers, AccessPermission.Write)],
            "authenticated-read" => [own, Group(AccessGrant.AuthenticatedUsers, AccessPermission.Read)],
            "log-delivery-write" => [own, Group(AccessGrant.LogDelivery, AccessPermission.Write), Group(AccessGrant.LogDelivery, AccessPermission.ReadAcp)],
            _ => throw S3Exception.InvalidArgument(Header, name, ""),
        };
    }

    private static AccessGrant Group(string uri, AccessPermission permission) => new(IsGroup: true, uri, permission);
}
