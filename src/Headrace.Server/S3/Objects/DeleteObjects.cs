using System.Text;
using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Objects;

/// <summary>POST <c>?delete</c>: deletes up to 1,000 objects of a bucket.</summary>
internal sealed class DeleteObjects(BucketStore store) : IS3Operation
{
    private const int MaxKeys = 1000;
    private const int MaxKeyBytes = 1024;

    public async Task HandleAsync(S3Request request)
    {
        var document = S3Documents.Parse(await BodyReceiver.ReceiveDocumentAsync(request, mustBeStated: true), "Delete");
        var keys = document.Children("Object").Select(entry => entry.RequiredTextOf("Key")).ToList();
        if (keys.Count is 0 or > MaxKeys)
            throw S3Exception.MalformedXml();
        var tooLong = keys.Where(key => Encoding.UTF8.GetByteCount(key) > MaxKeyBytes).ToHashSet(StringComparer.Ordinal);
        store.DeleteObjects(request.Bucket, keys.Where(key => !tooLong.Contains(key)));
        await RespondAsync(request, document, keys, tooLong);
    }

    private static Task RespondAsync(S3Request request, XElement document, List<string> keys, HashSet<string> tooLong)
    {
        var quiet = string.Equals(document.TextOf("Quiet"), "true", StringComparison.OrdinalIgnoreCase);
        return S3Xml.RespondAsync(request.Http, "DeleteResult", result =>
        {
            foreach (var key in keys)
            {
                if (tooLong.Contains(key))
                {
                    result.Element("Error", error =>
                    {
                        error.Text("Key", key);
                        error.Text("Code", "KeyTooLongError");
                        error.Text("Message", "Your key is too long");
                    });
                }
                else if (!quiet)
                {
                    result.Element("Deleted", deleted => deleted.Text("Key", key));
                }
            }
        });
    }
}
