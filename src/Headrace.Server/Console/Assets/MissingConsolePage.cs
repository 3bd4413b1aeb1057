using System.Text;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console.Assets;

/// <summary>What <c>/console/</c> shows when the server was built without the console.</summary>
internal static class MissingConsolePage
{
    private static readonly byte[] Html = Encoding.UTF8.GetBytes(
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>Headrace</title>
        <h1>This server was built without its console</h1>
        <p>Kinesis, Firehose and S3 are served all the same. To get the console, build once more with Node 20 or newer and npm on the
        PATH, and a package registry within reach the first time:</p>
        <pre>node --version
        ./headrace serve</pre>
        </html>

        """);

    public static Task RespondAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = Html.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(Html, http.RequestAborted).AsTask();
    }
}
