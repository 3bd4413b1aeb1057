using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Hosting;

/// <summary>
/// Objects and the console share one address, and so one origin. An object that a browser opens as a page is shown as one of an
/// origin of its own, which may not call the console.
/// </summary>
internal static class BrowserSandbox
{
    public const string Policy = "sandbox allow-scripts allow-forms allow-popups allow-downloads";

    /// <summary>Marks the answer where a browser asks for a page; no other client does.</summary>
    public static void Apply(HttpContext http)
    {
        var asked = http.Request.Headers;
        if (asked["Sec-Fetch-Dest"].ToString() is "document" or "iframe" or "frame" or "embed" or "object"
            || asked.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.ContentSecurityPolicy = Policy;
                return Task.CompletedTask;
            });
        }
    }
}
