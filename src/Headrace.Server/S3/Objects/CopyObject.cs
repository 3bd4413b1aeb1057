using Headrace.Buckets;
using Headrace.Buckets.Checksums;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Lifecycle;
using Headrace.Server.S3.Versions;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>PUT of an object from another one's bytes.</summary>
internal sealed class CopyObject(BucketStore store, CopySource sources) : IS3Operation
{
    /// <summary>S3 copies at most 5 GiB at once; more is copied in parts.</summary>
    private const long MaxBytes = 5L << 30;

    private static readonly string[] Changing =
        [StorageClasses.Header, Encryptions.Header, CustomerKeys.Prefix + "algorithm", "x-amz-website-redirect-location", "x-amz-checksum-algorithm"];

    public async Task HandleAsync(S3Request request)
    {
        var replacesHeaders = IsReplace(request, "x-amz-metadata-directive", "Unknown metadata directive.");
        var replacesTags = IsReplace(request, "x-amz-tagging-directive", "Unknown tagging directive.");
        var asked = PutObject.WantedOf(request, store);
        var (address, version) = CopySource.AddressOf(request);
        if (address == new S3Address(request.Bucket, request.Key) && version is null && !replacesHeaders && !Changing.Any(header => request.Header(header) is not null))
        {
            throw S3Exception.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }
        using var source = sources.Open(request);
        if (source.Object.Length > MaxBytes)
            throw S3Exception.InvalidRequest("The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");
        var wanted = asked with
        {
            Headers = replacesHeaders ? asked.Headers : ObjectHeaders.OfCopy(source.Object.Headers, request, store),
            Tags = replacesTags ? asked.Tags : source.Object.Tags,
        };
        using var body = store.NewBody(ChecksumHeaders.Parse(request.Header("x-amz-checksum-algorithm")) ?? source.Object.Checksum?.Algorithm ?? ChecksumAlgorithm.Crc64Nvme, CustomerKeys.Of(request));
        await CopySource.CopyAsync(source, new ByteRange(0, source.Object.Length), body);
        var stored = store.PutObject(wanted, body, WriteConditions.Of(request));
        Encryptions.Write(request, stored);
        VersionHeaders.WriteNew(request, stored);
        ExpirationHeader.Write(request, store, stored);
        await S3Xml.RespondAsync(request.Http, "CopyObjectResult", result =>
        {
            result.Text("ETag", ETags.Quote(stored.ETag));
            result.Time("LastModified", stored.ModifiedAt);
            result.Checksum(stored.Checksum);
        });
    }

    private static bool IsReplace(S3Request request, string header, string complaint) => request.Header(header) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw S3Exception.InvalidArgument(header, other, complaint),
    };
}
