using System.Globalization;
using System.Xml;
using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Access;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Versions;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>GET <c>?attributes</c>: those of an object that the request names.</summary>
internal sealed class GetObjectAttributes(BucketStore store) : IS3Operation
{
    private const string Header = "x-amz-object-attributes";
    private const int MaxParts = 1000;

    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public Task HandleAsync(S3Request request)
    {
        var wanted = string.Join(',', request.Http.Request.Headers[Header].ToArray()).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0 || wanted.Any(name => !Known.Contains(name)))
            throw S3Exception.InvalidArgument(Header, string.Join(',', wanted), "Invalid attribute name specified.");
        var found = store.GetObject(request.Bucket, request.Key, request.VersionId);
        found.CheckKey(CustomerKeys.Of(request));
        ObjectOwnership.Check(request, request.Target, store, found, AccessPermission.Read);
        if (ReadConditions.IsUnchanged(request, found))
            throw S3Exception.PreconditionFailed("If-None-Match");
        VersionHeaders.Write(request, found);
        request.ResponseHeaders.LastModified = found.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        return S3Xml.RespondAsync(request.Http, "GetObjectAttributesResponse", result =>
        {
            if (wanted.Contains("ETag"))
                result.Text("ETag", found.ETag);
            if (wanted.Contains("Checksum") && found.Checksum is not null)
                result.Element("Checksum", checksum => checksum.Checksum(found.Checksum));
            if (wanted.Contains("ObjectParts") && found.Parts is { } all)
                result.Element("ObjectParts", parts => Write(parts, request, all, found));
            if (wanted.Contains("StorageClass"))
                result.Text("StorageClass", StorageClasses.Of(found));
            if (wanted.Contains("ObjectSize"))
                result.Number("ObjectSize", found.Length);
        });
    }

    private static void Write(XmlWriter parts, S3Request request, IReadOnlyList<ObjectPart> all, StoredObject found)
    {
        parts.Number("PartsCount", all.Count);
        var marker = HeaderNumber(request, "x-amz-part-number-marker", 0);
        var max = Math.Min(HeaderNumber(request, "x-amz-max-parts", MaxParts), MaxParts);
        var page = all.Select((part, index) => (Part: part, Index: index)).Where(entry => entry.Part.Number > marker).Take(max).ToList();
        parts.Number("PartNumberMarker", marker);
        parts.Number("NextPartNumberMarker", page.Count > 0 ? page[^1].Part.Number : 0);
        parts.Number("MaxParts", max);
        parts.Flag("IsTruncated", page.Count > 0 && page[^1].Index + 1 < all.Count);
        foreach (var (known, index) in page)
        {
            parts.Element("Part", part =>
            {
                part.Number("PartNumber", known.Number);
                part.Number("Size", known.Length);
                if (found.PartChecksum(index) is { } checksum)
                    part.Text(ChecksumHeaders.ElementOf(checksum.Algorithm), checksum.Value);
            });
        }
    }

    private static int HeaderNumber(S3Request request, string name, int otherwise)
    {
        if (request.Header(name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw S3Exception.InvalidArgument(name, text, $"Provided {name} not an integer or within integer range");
    }
}
