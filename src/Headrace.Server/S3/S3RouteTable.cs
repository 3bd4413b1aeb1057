using Headrace.Buckets.Access;
using Headrace.Server.S3.Access;

namespace Headrace.Server.S3;

/// <summary>Operations by method and sub-resource.</summary>
internal sealed class S3RouteTable
{
    private readonly Dictionary<(string Method, string SubResource), S3Route> _routes = [];

    public S3RouteTable Add(string method, string subResource, IS3Operation operation, string action, AccessPermission? bucketGrant = null, AccessPermission? objectGrant = null)
    {
        _routes.Add((method, subResource), new S3Route(operation, new Permit("s3:" + action, bucketGrant, objectGrant)));
        return this;
    }

    /// <exception cref="S3Exception">MethodNotAllowed or NotImplemented.</exception>
    public S3Route Find(string method, string subResource)
    {
        if (_routes.TryGetValue((method, subResource), out var route))
            return route;
        var others = _routes.Keys.Where(key => key.SubResource == subResource).Select(key => key.Method).Order(StringComparer.Ordinal).ToList();
        if (subResource.Length > 0 && others.Count == 0)
            throw S3Exception.NotImplemented(subResource);
        throw new S3Exception(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
        {
            Details = [("Method", method), ("ResourceType", subResource.Length > 0 ? subResource.ToUpperInvariant() : "BUCKET")],
            Headers = [("Allow", string.Join(", ", others))],
        };
    }
}
