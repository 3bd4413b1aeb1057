using System.Globalization;
using Headrace.Buckets.Objects;

namespace Headrace.Server.S3.Objects;

/// <summary>The conditions of a put or a delete.</summary>
internal static class WriteConditions
{
    /// <exception cref="S3Exception">NotImplemented: both headers at once.</exception>
    public static WriteCondition Of(S3Request request)
    {
        var (ifMatch, ifNoneMatch) = (request.Header("If-Match"), request.Header("If-None-Match"));
        if (ifMatch is null || ifNoneMatch is null)
            return new WriteCondition(ETags.Unquote(ifMatch), ETags.Unquote(ifNoneMatch));
        throw new S3Exception(501, "NotImplemented", "A header you provided implies functionality that is not implemented")
        {
            Details = [("Header", "If-Match,If-None-Match"), ("additionalMessage", "Multiple conditional request headers present in the request")],
        };
    }

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static WriteCondition OfDelete(S3Request request)
    {
        const string timeHeader = "x-amz-if-match-last-modified-time";
        const string sizeHeader = "x-amz-if-match-size";
        var condition = new WriteCondition(ETags.Unquote(request.Header("If-Match")));
        if (request.Header(timeHeader) is { } time)
            condition = condition with { IfModifiedAt = TimeOf(time, timeHeader) };
        if (request.Header(sizeHeader) is { } size)
            condition = condition with { IfLength = SizeOf(size, sizeHeader) };
        return condition;
    }

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static DateTimeOffset TimeOf(string text, string name) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw S3Exception.InvalidArgument(name, text, "Invalid date");

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static long SizeOf(string text, string name) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw S3Exception.InvalidArgument(name, text, "Invalid size");
}
