using System.Net;
using System.Text;
using Headrace.Server.S3;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Metrics.Scraping;

/// <summary>
/// What monitoring asks for: <c>/metrics</c>, <c>/healthz</c>, <c>/readyz</c>. Buckets may have these names too, so only a plain
/// unsigned GET means these pages: S3's clients sign, or say in the query what they want.
/// </summary>
internal sealed class MonitoringHandler(ServerMetrics metrics, Readiness readiness, bool isProtected)
{
    private const string Metrics = "/metrics";
    private const string Health = "/healthz";
    private const string Ready = "/readyz";

    public static bool Speaks(HttpRequest request) =>
        request.Path.Value is Metrics or Health or Ready
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.QueryString.HasValue
        && request.Headers.Authorization.Count == 0
        // A bucket may also be in the host's name, where the path is a key.
        && S3Address.BucketOfHost(request) is null;

    public Task HandleAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case Health:
                return AnswerAsync(http, StatusCodes.Status200OK, "ok\n");
            case Ready:
                var faults = readiness.Faults();
                return faults.Count == 0
                    ? AnswerAsync(http, StatusCodes.Status200OK, "ready\n")
                    : AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, string.Concat(faults.Select(fault => $"{fault}\n")));
            default:
                // Names of streams and buckets are told to nobody beyond this machine where callers have to sign: a scrape can't.
                return isProtected && !(http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address))
                    ? AnswerAsync(http, StatusCodes.Status403Forbidden, "Where access keys are configured, metrics are scraped from this machine only.\n")
                    : AnswerAsync(http, StatusCodes.Status200OK, Text(), PrometheusText.ContentType);
        }
    }

    private string Text()
    {
        var text = new PrometheusText();
        foreach (var metric in metrics.All)
            text.Write(metric);
        foreach (var metric in metrics.Latencies)
            text.Write(metric);
        return text.ToString();
    }

    private static async Task AnswerAsync(HttpContext http, int status, string text, string contentType = "text/plain; charset=utf-8")
    {
        var body = Encoding.UTF8.GetBytes(text);
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
