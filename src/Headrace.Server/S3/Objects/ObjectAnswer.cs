using System.Globalization;
using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Lifecycle;
using Headrace.Server.S3.Retention;
using Headrace.Server.S3.Versions;

namespace Headrace.Server.S3.Objects;

/// <summary>Decides what a GET or a HEAD of an object is answered with, and writes all of it but the bytes.</summary>
internal static class ObjectAnswer
{
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-cache-control", "Cache-Control"),
        ("response-content-disposition", "Content-Disposition"),
        ("response-content-encoding", "Content-Encoding"),
        ("response-content-language", "Content-Language"),
        ("response-content-type", "Content-Type"),
        ("response-expires", "Expires"),
    ];

    /// <summary>Writes status and headers; gives the bytes to send, null for none.</summary>
    /// <exception cref="S3Exception">A condition fails, or the range or part does not exist.</exception>
    public static ByteRange? Begin(S3Request request, BucketStore store, StoredObject found)
    {
        if (request.Header(Encryptions.Header) is { } encryption)
            throw S3Exception.InvalidArgument(Encryptions.Header, encryption, "x-amz-server-side-encryption header is not supported for this operation.");
        CheckOverrides(request);
        ObjectOwnership.Check(request, request.Target, store, found, AccessPermission.Read);
        var unchanged = ReadConditions.IsUnchanged(request, found);
        WriteIdentity(request, found);
        if (unchanged)
        {
            request.RespondEmpty(304);
            return null;
        }
        var partIndex = PartIndexOf(request, found);
        var range = partIndex is { } index ? RangeOf(found, index) : ByteRange.Parse(request.Header("Range"), found.Length);
        var all = range ?? new ByteRange(0, found.Length);
        WriteHeaders(request, found);
        ExpirationHeader.Write(request, store, found);
        if (range is { } part)
        {
            request.Http.Response.StatusCode = 206;
            request.ResponseHeaders.ContentRange = part.ContentRange(found.Length);
        }
        if (request.Header("x-amz-checksum-mode")?.Equals("ENABLED", StringComparison.OrdinalIgnoreCase) == true)
            ChecksumHeaders.Write(request.ResponseHeaders, ChecksumOf(found, partIndex, isWhole: range is null));
        request.Http.Response.ContentLength = all.Length;
        return all;
    }

    private static void WriteIdentity(S3Request request, StoredObject found)
    {
        request.ResponseHeaders.ETag = ETags.Quote(found.ETag);
        request.ResponseHeaders.LastModified = found.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        VersionHeaders.Write(request, found);
    }

    /// <summary>What nobody answers for must not decide what a browser does with the bytes.</summary>
    private static void CheckOverrides(S3Request request)
    {
        if (request.Caller.Scope.AccountId.Length == 0 && Overrides.Any(known => request.Query(known.Parameter) is not null))
            throw S3Exception.InvalidRequest("Request specific response headers cannot be used for anonymous GET requests.");
        foreach (var (parameter, _) in Overrides)
            ObjectHeaders.CheckPrintable(parameter, request.Query(parameter) ?? "");
    }

    private static void WriteHeaders(S3Request request, StoredObject found)
    {
        request.ResponseHeaders.AcceptRanges = "bytes";
        foreach (var (name, value) in found.Headers)
            request.ResponseHeaders[name] = value;
        Encryptions.Write(request, found);
        RetentionHeaders.Write(request, found);
        foreach (var (parameter, header) in Overrides)
        {
            if (request.Query(parameter) is { } value)
                request.ResponseHeaders[header] = value;
        }
        if (found.Tags.Count > 0)
            request.ResponseHeaders["x-amz-tagging-count"] = found.Tags.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Of what is sent: the object, or one of its parts; of a range nobody has one.</summary>
    private static ObjectChecksum? ChecksumOf(StoredObject found, int? partIndex, bool isWhole)
    {
        if (isWhole || (partIndex is not null && found.Parts is null))
            return found.Checksum;
        return partIndex is { } index ? found.PartChecksum(index) : null;
    }

    /// <summary>The place of the part that is asked for; null where none is.</summary>
    private static int? PartIndexOf(S3Request request, StoredObject found)
    {
        if (request.Query("partNumber") is not { } text)
            return null;
        if (request.Header("Range") is not null)
            throw S3Exception.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        var number = PartNumbers.Parse(text);
        var parts = PartsOf(found);
        var index = parts.Select(part => part.Number).ToList().IndexOf(number);
        if (index < 0)
            throw new S3Exception(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
        if (found.Parts is not null)
            request.ResponseHeaders["x-amz-mp-parts-count"] = parts.Count.ToString(CultureInfo.InvariantCulture);
        return index;
    }

    private static ByteRange? RangeOf(StoredObject found, int partIndex)
    {
        var parts = PartsOf(found);
        return found.Length == 0 ? null : new ByteRange(parts.Take(partIndex).Sum(part => part.Length), parts[partIndex].Length);
    }

    /// <summary>What was put at once counts as one part.</summary>
    private static IReadOnlyList<ObjectPart> PartsOf(StoredObject found) => found.Parts ?? [new ObjectPart(1, found.Length)];
}
