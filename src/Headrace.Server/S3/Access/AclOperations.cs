using System.Xml;
using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Versions;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Access;

/// <summary>GET <c>?acl</c> of a bucket.</summary>
internal sealed class GetBucketAcl(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request) => AclAnswer.RespondAsync(request, request.Target.Owner.AccountId, store.GetBucketGrants(request.Bucket));
}

/// <summary>PUT <c>?acl</c> of a bucket.</summary>
internal sealed class PutBucketAcl(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request) => store.SetBucketGrants(request.Bucket, await AclAnswer.ReceiveAsync(request, request.Target.Owner.AccountId, store));
}

/// <summary>GET <c>?acl</c> of an object.</summary>
internal sealed class GetObjectAcl(BucketStore store) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        var found = store.GetObject(request.Bucket, request.Key, request.VersionId);
        ObjectOwnership.Check(request, request.Target, store, found, AccessPermission.ReadAcp);
        VersionHeaders.Write(request, found);
        return AclAnswer.RespondAsync(request, ObjectOwnership.AccountOf(request.Target, store, found), found.Controls.Grants);
    }
}

/// <summary>PUT <c>?acl</c> of an object.</summary>
internal sealed class PutObjectAcl(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var found = store.GetObject(request.Bucket, request.Key, request.VersionId);
        ObjectOwnership.Check(request, request.Target, store, found, AccessPermission.WriteAcp);
        var grants = await AclAnswer.ReceiveAsync(request, ObjectOwnership.AccountOf(request.Target, store, found), store);
        VersionHeaders.Write(request, store.SetGrants(request.Bucket, request.Key, grants, request.VersionId));
    }
}

/// <summary>What a bucket's and an object's grants have in common on the wire.</summary>
internal static class AclAnswer
{
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Null for the owner's alone.</summary>
    public static Task RespondAsync(S3Request request, string owner, IReadOnlyList<AccessGrant>? grants)
    {
        var id = CanonicalId.Of(owner);
        return S3Xml.RespondAsync(request.Http, "AccessControlPolicy", policy =>
        {
            policy.Owner("Owner", owner);
            policy.Element("AccessControlList", list =>
            {
                foreach (var grant in grants ?? CannedAcl.Grants("private", id, id))
                {
                    list.Element("Grant", entry =>
                    {
                        Write(entry, grant);
                        entry.Text("Permission", GrantReader.NameOf(grant.Permission));
                    });
                }
            });
        });
    }

    /// <exception cref="S3Exception">The grants are malformed, stated twice, or not stated.</exception>
    public static async Task<IReadOnlyList<AccessGrant>> ReceiveAsync(S3Request request, string account, BucketStore store)
    {
        var owner = CanonicalId.Of(account);
        var stated = GrantReader.OfHeaders(request, owner, CanonicalId.Of(request.Target.Owner.AccountId));
        var body = await BodyReceiver.ReceiveDocumentAsync(request);
        if (stated is not null && body.Length > 0)
            throw new S3Exception(400, "UnexpectedContent", "This request does not support content");
        if (stated is null && body.Length == 0)
            throw new S3Exception(400, "MissingSecurityHeader", "Your request was missing a required header") { Details = [("MissingHeaderName", CannedAcl.Header)] };
        var grants = stated ?? GrantReader.OfDocument(S3Documents.Parse(body, "AccessControlPolicy"), owner);
        AclRules.Check(request, store, grants, request.Header(CannedAcl.Header));
        return grants;
    }

    private static void Write(XmlWriter entry, AccessGrant grant)
    {
        entry.WriteStartElement("Grantee");
        entry.WriteAttributeString("xmlns", "xsi", null, SchemaInstance);
        entry.WriteAttributeString("xsi", "type", SchemaInstance, grant.IsGroup ? "Group" : "CanonicalUser");
        if (grant.IsGroup)
        {
            entry.Text("URI", grant.Grantee);
        }
        else
        {
            entry.Text("ID", grant.Grantee);
            entry.Text("DisplayName", CanonicalId.AccountOf(grant.Grantee));
        }
        entry.WriteEndElement();
    }
}
