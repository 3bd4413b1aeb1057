using Headrace.Buckets.Objects;

namespace Headrace.Server.S3.Objects;

/// <summary>The conditions of a put or a delete.</summary>
internal static class WriteConditions
{
    /// <exception cref="S3Exception">NotImplemented: If-None-Match with an ETag, which S3 does not offer for writes.</exception>
    public static WriteCondition Of(S3Request request)
    {
        var ifNoneMatch = request.Header("If-None-Match");
        if (ifNoneMatch is not (null or "*"))
            throw new S3Exception(501, "NotImplemented", "A header you provided implies functionality that is not implemented") { Details = [("Header", "If-None-Match")] };
        return new WriteCondition(ETags.Unquote(request.Header("If-Match")), ifNoneMatch is not null);
    }
}
