using System.Globalization;
using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Encryption;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Uploads;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Lifecycle;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Versions;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Uploads;

/// <summary>POST <c>?uploadId</c>: makes the object from the parts that the body names.</summary>
internal sealed class CompleteMultipartUpload(BucketStore store) : IS3Operation
{
    public async Task HandleAsync(S3Request request)
    {
        var uploadId = request.Query("uploadId")!;
        // The digest headers of this request are about the object and not about the document.
        var document = S3Documents.Parse(await BodyReceiver.ReceiveUncheckedAsync(request), "CompleteMultipartUpload");
        var named = document.Children("Part").Select(PartOf).ToList();
        if (named.Count is 0 or > PartNumbers.Max)
            throw S3Exception.MalformedXml();
        CheckStated(request);
        var key = CustomerKeys.Of(request);
        var stored = store.CompleteUpload(
            request.Bucket, request.Key, uploadId, named, WriteConditions.Of(request), made => Verify(request, made, key));
        // Whoever completes an upload need not have its key.
        if (!stored.IsKeyed || key is not null)
            Encryptions.Write(request, stored);
        VersionHeaders.WriteNew(request, stored);
        ExpirationHeader.Write(request, store, stored);
        await S3Xml.RespondAsync(request.Http, "CompleteMultipartUploadResult", result =>
        {
            result.Text("Location", $"{request.Http.Request.Scheme}://{request.Http.Request.Host}/{request.Bucket}/{Uri.EscapeDataString(request.Key)}");
            result.Text("Bucket", request.Bucket);
            result.Text("Key", request.Key);
            result.Text("ETag", ETags.Quote(stored.ETag));
            result.Checksum(stored.Checksum);
        });
    }

    private static PartReference PartOf(XElement part)
    {
        if (!int.TryParse(part.RequiredTextOf("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw S3Exception.MalformedXml();
        var checksum = ChecksumHeaders.All.Select(algorithm => part.TextOf(ChecksumHeaders.ElementOf(algorithm))).FirstOrDefault(value => value is not null);
        return new PartReference(number, ETags.Unquote(part.RequiredTextOf("ETag")), checksum);
    }

    /// <summary>A checksum that is none can't be the object's, whatever its parts are.</summary>
    private static void CheckStated(S3Request request)
    {
        foreach (var algorithm in ChecksumHeaders.All)
        {
            if (request.Header(ChecksumHeaders.HeaderOf(algorithm)) is { } stated)
                ExpectedDigests.Checked(ChecksumHeaders.HeaderOf(algorithm), algorithm, ValueOf(stated));
        }
    }

    /// <summary>A composite checksum ends with the number of parts, which clients state or leave out.</summary>
    private static string ValueOf(string checksum) => checksum.Split('-')[0];

    private static void Verify(S3Request request, StoredObject made, CustomerKey? key)
    {
        if (key is not null)
            made.CheckKey(key);
        if (request.Header("x-amz-mp-object-size") is { } size && size != made.Length.ToString(CultureInfo.InvariantCulture))
            throw S3Exception.InvalidRequest($"The provided 'x-amz-mp-object-size' header value {size} does not match what was computed: {made.Length}");
        if (made.Checksum is not { } checksum)
            return;
        if (request.Header(ChecksumHeaders.TypeHeader) is { } type && type != ChecksumHeaders.NameOf(checksum.Type))
            throw S3Exception.InvalidRequest($"The upload was created using the {ChecksumHeaders.NameOf(checksum.Type)} checksum mode. The complete request must use the same checksum mode.");
        var header = ChecksumHeaders.HeaderOf(checksum.Algorithm);
        if (request.Header(header) is not { } stated)
            return;
        if (ValueOf(stated) != ValueOf(checksum.Value) || (stated.Contains('-', StringComparison.Ordinal) && stated != checksum.Value))
            throw new S3Exception(400, "BadDigest", $"The {ChecksumHeaders.NameOf(checksum.Algorithm)} you specified did not match the calculated checksum.");
    }
}
