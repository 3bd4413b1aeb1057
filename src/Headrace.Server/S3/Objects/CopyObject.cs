using Headrace.Buckets;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>PUT of an object from another one's bytes.</summary>
internal sealed class CopyObject(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var replacesHeaders = IsReplace(request, "x-amz-metadata-directive");
        var replacesTags = IsReplace(request, "x-amz-tagging-directive");
        if (!replacesHeaders && CopySource.AddressOf(request) == new S3Address(request.Bucket, request.Key))
        {
            throw S3Exception.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }
        using var source = CopySource.Open(request, store);
        var wanted = new NewObject
        {
            Bucket = request.Bucket,
            Key = request.Key,
            Headers = replacesHeaders ? ObjectHeaders.Of(request) : source.Object.Headers,
            Tags = replacesTags ? ObjectTags.OfHeader(request.Header("x-amz-tagging")) : source.Object.Tags,
        };
        using var body = store.NewBody(ChecksumHeaders.Parse(request.Header("x-amz-checksum-algorithm")) ?? source.Object.Checksum?.Algorithm ?? ChecksumAlgorithm.Crc64Nvme);
        await CopySource.CopyAsync(source, new ByteRange(0, source.Object.Length), body);
        var stored = store.PutObject(wanted, body, WriteConditions.Of(request));
        await S3Xml.RespondAsync(request.Http, "CopyObjectResult", result =>
        {
            result.Text("ETag", ETags.Quote(stored.ETag));
            result.Time("LastModified", stored.ModifiedAt);
            result.Checksum(stored.Checksum);
        });
    }

    private static bool IsReplace(S3Request request, string header) => request.Header(header) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw S3Exception.InvalidArgument(header, other, "Unknown directive."),
    };
}
