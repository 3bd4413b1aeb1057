using System.Xml.Linq;
using Headrace.Buckets.Access;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Access;

/// <summary>Grants as requests state them: by a canned word, by headers, or in an <c>AccessControlPolicy</c>.</summary>
internal static class GrantReader
{
    private const int MaxGrants = 100;

    private static readonly (string Header, AccessPermission Permission)[] Headers =
    [
        ("x-amz-grant-read", AccessPermission.Read),
        ("x-amz-grant-write", AccessPermission.Write),
        ("x-amz-grant-read-acp", AccessPermission.ReadAcp),
        ("x-amz-grant-write-acp", AccessPermission.WriteAcp),
        ("x-amz-grant-full-control", AccessPermission.FullControl),
    ];

    /// <summary>Null when no header grants anything. Owners, of the thing itself and of its bucket, are canonical ids.</summary>
    /// <exception cref="S3Exception">InvalidArgument or InvalidRequest.</exception>
    public static IReadOnlyList<AccessGrant>? OfHeaders(S3Request request, string owner, string bucketOwner)
    {
        var granted = Headers.SelectMany(header => OfHeader(request.Header(header.Header), header.Permission)).ToList();
        if (request.Header(CannedAcl.Header) is not { } canned)
            return granted.Count > 0 ? granted : null;
        return granted.Count == 0
            ? CannedAcl.Grants(canned, owner, bucketOwner)
            : throw S3Exception.InvalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
    }

    /// <exception cref="S3Exception">MalformedACLError, InvalidArgument or UnresolvableGrantByEmailAddress.</exception>
    public static IReadOnlyList<AccessGrant> OfDocument(XElement document, string owner)
    {
        var list = document.Children("AccessControlList").FirstOrDefault() ?? throw Malformed();
        if (document.Children("Owner").FirstOrDefault()?.TextOf("ID") is not { } stated)
            throw Malformed();
        if (stated != owner)
            throw S3Exception.AccessDenied();
        var grants = list.Children("Grant").Select(OfGrant).ToList();
        return grants.Count <= MaxGrants ? grants : throw Malformed();
    }

    public static string NameOf(AccessPermission permission) => permission switch
    {
        AccessPermission.Read => "READ",
        AccessPermission.Write => "WRITE",
        AccessPermission.ReadAcp => "READ_ACP",
        AccessPermission.WriteAcp => "WRITE_ACP",
        _ => "FULL_CONTROL",
    };

    private static IEnumerable<AccessGrant> OfHeader(string? header, AccessPermission permission) =>
        (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(grantee =>
        {
            var (kind, value) = grantee.Split('=', 2) is [var name, var text] ? (name.Trim(), text.Trim().Trim('"')) : ("", "");
            return kind.ToLowerInvariant() switch
            {
                "id" => new AccessGrant(IsGroup: false, CheckedId(value), permission),
                "uri" => new AccessGrant(IsGroup: true, CheckedGroup(value), permission),
                "emailaddress" => throw UnknownAddress(),
                _ => throw S3Exception.InvalidArgument("x-amz-grant", grantee, "Argument format not recognized"),
            };
        });

    private static AccessGrant OfGrant(XElement grant)
    {
        var grantee = grant.Children("Grantee").FirstOrDefault() ?? throw Malformed();
        var permission = Headers.Select(header => (AccessPermission?)header.Permission).FirstOrDefault(known => NameOf(known!.Value) == grant.TextOf("Permission"))
            ?? throw Malformed();
        if (grantee.TextOf("ID") is { } id)
            return new AccessGrant(IsGroup: false, CheckedId(id), permission);
        if (grantee.TextOf("URI") is { } uri)
            return new AccessGrant(IsGroup: true, CheckedGroup(uri), permission);
        throw grantee.TextOf("EmailAddress") is null ? Malformed() : UnknownAddress();
    }

    private static string CheckedId(string id) =>
        CanonicalId.AccountOf(id) is not null ? id : throw S3Exception.InvalidArgument("CanonicalUser/ID", id, "Invalid id");

    private static string CheckedGroup(string uri) => uri is AccessGrant.AllUsers or AccessGrant.AuthenticatedUsers or AccessGrant.LogDelivery
        ? uri
        : throw S3Exception.InvalidArgument("Group/URI", uri, "Invalid group uri");

    private static S3Exception Malformed() =>
        new(400, "MalformedACLError", "The XML you provided was not well-formed or did not validate against our published schema");

    private static S3Exception UnknownAddress() =>
        new(400, "UnresolvableGrantByEmailAddress", "The e-mail address you provided does not match any account on record.");
}
