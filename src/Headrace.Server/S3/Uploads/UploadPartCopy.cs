using System.Globalization;
using System.Text.RegularExpressions;
using Headrace.Buckets;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Uploads;

/// <summary>PUT <c>?partNumber&amp;uploadId</c> from another object's bytes.</summary>
internal sealed partial class UploadPartCopy(BucketStore store, CopySource sources) : IS3Operation
{
    private const string RangeHeader = "x-amz-copy-source-range";

    public async Task HandleAsync(S3Request request)
    {
        var number = PartNumbers.Parse(request.Query("partNumber"));
        var upload = store.GetUpload(request.Bucket, request.Key, request.Query("uploadId")!);
        var key = CustomerKeys.Of(request);
        upload.CheckKey(key);
        using var source = sources.Open(request);
        using var body = store.NewBody(upload.PartAlgorithm, key);
        await CopySource.CopyAsync(source, RangeOf(request, source.Object.Length), body);
        var part = store.PutPart(request.Bucket, request.Key, upload.Id, number, body);
        Encryptions.Write(request, upload.Target.Headers, isKeyed: key is not null);
        await S3Xml.RespondAsync(request.Http, "CopyPartResult", result =>
        {
            result.Text("ETag", ETags.Quote(part.ETag));
            result.Time("LastModified", part.ModifiedAt);
            result.Text(Bodies.ChecksumHeaders.ElementOf(part.Checksum.Algorithm), part.Checksum.Value);
        });
    }

    private static ByteRange RangeOf(S3Request request, long length)
    {
        if (request.Header(RangeHeader) is not { } header)
            return new ByteRange(0, length);
        if (FirstAndLast().Match(header) is not { Success: true, Groups: var groups }
            || !long.TryParse(groups["first"].Value, CultureInfo.InvariantCulture, out var first)
            || !long.TryParse(groups["last"].Value, CultureInfo.InvariantCulture, out var last)
            || last < first)
        {
            throw S3Exception.InvalidArgument(
                RangeHeader, header, "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy");
        }
        // Unlike a reader's range, this one must lie within the object.
        return last < length ? new ByteRange(first, last - first + 1) : throw ByteRange.Outside(header, length);
    }

    [GeneratedRegex(@"^bytes=(?<first>[0-9]+)-(?<last>[0-9]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex FirstAndLast();
}
