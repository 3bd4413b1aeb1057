using Headrace.Server.S3.Xml;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3.Settings;

/// <summary>
/// GET and DELETE of a bucket's configurations of a kind that this server has none of: the list is empty, and no id names one.
/// </summary>
/// <param name="root">The root element of the list.</param>
internal sealed class ListedConfigurations(string root) : IS3Operation
{
    public Task HandleAsync(S3Request request)
    {
        if (request.Query("id") is not null || !HttpMethods.IsGet(request.Http.Request.Method))
            throw new S3Exception(404, "NoSuchConfiguration", "The specified configuration does not exist.") { Details = [("BucketName", request.Bucket)] };
        return S3Xml.RespondAsync(request.Http, root, result => result.Flag("IsTruncated", false));
    }
}
