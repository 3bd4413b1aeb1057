using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Hosting;

/// <summary>Lets pages of any origin call the AWS JSON services, as AWS does: a signature is needed all the same.</summary>
internal static class CrossOrigin
{
    private const string Exposed = "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date";

    /// <summary>Whether a browser asks what it may send to these services, which are all at <c>/</c>.</summary>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Path == "/" && request.Headers.Origin.Count > 0;

    /// <summary>Allows what was asked for, for two days.</summary>
    public static void AnswerPreflight(HttpContext http)
    {
        var asked = http.Request.Headers;
        var answer = http.Response.Headers;
        answer.AccessControlAllowOrigin = "*";
        if (asked.AccessControlRequestHeaders is { Count: > 0 } names)
            answer.AccessControlAllowHeaders = names;
        if (asked.AccessControlRequestMethod is { Count: > 0 } method)
            answer.AccessControlAllowMethods = method;
        answer.AccessControlMaxAge = "172800";
        http.Response.ContentLength = 0;
    }

    /// <summary>Lets a page read the answer to a request of its own.</summary>
    public static void Allow(HttpContext http)
    {
        if (http.Request.Headers.Origin.Count == 0)
            return;
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers.AccessControlExposeHeaders = Exposed;
    }
}
