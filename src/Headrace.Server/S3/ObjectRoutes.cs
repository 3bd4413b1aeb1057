using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Retention;
using Headrace.Server.S3.Uploads;

namespace Headrace.Server.S3;

/// <summary>What can be done with an object.</summary>
internal static class ObjectRoutes
{
    public static S3RouteTable Create(BucketStore store, CopySource copies) => new S3RouteTable()
        .Add("GET", "", new GetObject(store), "GetObject", objectGrant: AccessPermission.Read)
        .Add("HEAD", "", new HeadObject(store), "GetObject", objectGrant: AccessPermission.Read)
        .Add("PUT", "", new PutObject(store), "PutObject", AccessPermission.Write)
        .Add("PUT", "copy", new CopyObject(store, copies), "PutObject", AccessPermission.Write)
        .Add("DELETE", "", new DeleteObject(store), "DeleteObject", AccessPermission.Write)
        .Add("GET", "attributes", new GetObjectAttributes(store), "GetObjectAttributes", objectGrant: AccessPermission.Read)
        .Add("GET", "tagging", new GetObjectTagging(store), "GetObjectTagging")
        .Add("PUT", "tagging", new PutObjectTagging(store), "PutObjectTagging")
        .Add("DELETE", "tagging", new DeleteObjectTagging(store), "DeleteObjectTagging")
        .Add("GET", "acl", new GetObjectAcl(store), "GetObjectAcl", objectGrant: AccessPermission.ReadAcp)
        .Add("PUT", "acl", new PutObjectAcl(store), "PutObjectAcl", objectGrant: AccessPermission.WriteAcp)
        .Add("GET", "retention", new GetObjectRetention(store), "GetObjectRetention")
        .Add("PUT", "retention", new PutObjectRetention(store), "PutObjectRetention")
        .Add("GET", "legal-hold", new GetObjectLegalHold(store), "GetObjectLegalHold")
        .Add("PUT", "legal-hold", new PutObjectLegalHold(store), "PutObjectLegalHold")
        .Add("POST", "uploads", new CreateMultipartUpload(store), "PutObject", AccessPermission.Write)
        .Add("PUT", "uploadId", new UploadPart(store), "PutObject", AccessPermission.Write)
        .Add("PUT", "uploadId copy", new UploadPartCopy(store, copies), "PutObject", AccessPermission.Write)
        .Add("POST", "uploadId", new CompleteMultipartUpload(store), "PutObject", AccessPermission.Write)
        .Add("DELETE", "uploadId", new AbortMultipartUpload(store), "AbortMultipartUpload", AccessPermission.Write)
        .Add("GET", "uploadId", new ListParts(store), "ListMultipartUploadParts", AccessPermission.Write);
}
