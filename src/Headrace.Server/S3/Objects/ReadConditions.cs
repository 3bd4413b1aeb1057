using System.Globalization;
using Headrace.Buckets.Objects;

namespace Headrace.Server.S3.Objects;

/// <summary>
/// The conditions of a read, or of a copy's source. As S3 does: a true If-Match outweighs If-Unmodified-Since, a true
/// If-None-Match outweighs If-Modified-Since.
/// </summary>
internal static class ReadConditions
{
    /// <summary>True when the reader has the object already (304); for a copy that is a failed condition too.</summary>
    /// <param name="request">The request.</param>
    /// <param name="found">The object as it is.</param>
    /// <param name="prefix">Before each header's name: empty, or <c>x-amz-copy-source-</c>.</param>
    /// <exception cref="S3Exception">PreconditionFailed.</exception>
    public static bool IsUnchanged(S3Request request, StoredObject found, string prefix = "")
    {
        if (request.Header(prefix + "If-Match") is { } ifMatch)
        {
            if (!ETags.Names(ifMatch, found.ETag))
                throw S3Exception.PreconditionFailed("If-Match");
        }
        else if (Time(request, prefix + "If-Unmodified-Since") is { } unmodifiedSince && Seconds(found) > unmodifiedSince)
        {
            throw S3Exception.PreconditionFailed("If-Unmodified-Since");
        }
        if (request.Header(prefix + "If-None-Match") is { } ifNoneMatch)
            return ETags.Names(ifNoneMatch, found.ETag);
        return Time(request, prefix + "If-Modified-Since") is { } modifiedSince && Seconds(found) <= modifiedSince;
    }

    /// <summary>HTTP's times have no fractions.</summary>
    private static DateTimeOffset Seconds(StoredObject found) => DateTimeOffset.FromUnixTimeSeconds(found.ModifiedAt.ToUnixTimeSeconds());

    private static DateTimeOffset? Time(S3Request request, string name) =>
        DateTimeOffset.TryParse(request.Header(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
