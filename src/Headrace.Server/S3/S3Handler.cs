using Headrace.Buckets;
using Headrace.Server.AwsJson;
using Headrace.Server.Hosting;
using Headrace.Server.S3.Forms;
using Headrace.Server.S3.Payload;
using Headrace.Server.S3.Settings;
using Headrace.Server.S3.Traffic;
using Headrace.Server.S3.Xml;
using Headrace.Server.Signing;
using Headrace.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Headrace.Server.S3;

/// <summary>S3's REST API: finds the operation, runs it, turns failures into S3's error documents.</summary>
internal sealed class S3Handler(BucketStore buckets, CallerResolver callers, S3Traffic traffic, ILogger log)
{
    private readonly S3Routes _routes = new(buckets, new FormSignatures(callers));
    private readonly CrossOriginAccess _origins = new(buckets);

    public Task HandleAsync(HttpContext http) => HandleAsync(http, S3Address.Of, () =>
    {
        var (caller, signature) = callers.ResolveS3(http.Request, S3Address.BucketOfHost(http.Request));
        return (caller, RequestPayload.Open(http.Request, signature));
    });

    /// <summary>Runs a request of a caller that is known already, on a path of its own: <c>BUCKET/KEY</c>, escaped as in an address.</summary>
    public Task HandleAsync(HttpContext http, Caller caller, string path) =>
        HandleAsync(http, _ => S3Address.OfPath(path), () => (caller, RequestPayload.Open(http.Request, null)));

    private async Task HandleAsync(HttpContext http, Func<HttpRequest, S3Address> locate, Func<(Caller Caller, RequestPayload Payload)> authenticate)
    {
        S3Address? reached = null;
        try
        {
            var address = locate(http.Request);
            if (CrossOriginAccess.IsPreflight(http.Request))
            {
                _origins.AnswerPreflight(http, address.Bucket);
                return;
            }
            _origins.Allow(http, address.Bucket);
            var (caller, payload) = authenticate();
            var request = new S3Request(http, caller, address, payload);
            var operation = _routes.Find(request);
            // From here on the bucket is there, unless the request is what makes or unmakes it.
            reached = address;
            RequestTraces.Name(http, "S3", operation.GetType().Name);
            await operation.HandleAsync(request);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody waits for an answer.
        }
        catch (Exception failure)
        {
            await RespondAsync(http, S3Faults.Translate(failure) ?? Unknown(http, failure));
        }
        if (reached is { Bucket.Length: > 0 } known)
            traffic.Count(known, http);
    }

    private S3Exception Unknown(HttpContext http, Exception failure)
    {
        log.LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
        return new S3Exception(500, "InternalError", "We encountered an internal error. Please try again.", failure);
    }

    private static Task RespondAsync(HttpContext http, S3Exception error)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }
        var requestId = RequestIds.Of(http);
        var forBrowsers = http.Response.Headers.Where(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || header.Key == "Vary").ToList();
        http.Response.Clear();
        foreach (var (name, value) in forBrowsers)
            http.Response.Headers[name] = value;
        foreach (var (name, value) in error.Headers)
            http.Response.Headers[name] = value;
        // A client that asked before it sends its body may now not send it: what follows on the connection can't be told apart.
        if (HttpProtocol.IsHttp11(http.Request.Protocol) && http.Request.Headers.Expect.Count > 0)
            http.Response.Headers.Connection = "close";
        http.Response.Headers["x-amz-request-id"] = requestId;
        http.Response.Headers["x-amz-id-2"] = requestId;
        return S3Xml.RespondErrorAsync(http, document =>
        {
            document.Text("Code", error.Code);
            document.Text("Message", error.Message);
            foreach (var (name, value) in error.Details)
                document.Text(name, value);
            document.Text("Resource", http.Request.Path.Value);
            document.Text("RequestId", requestId);
            document.Text("HostId", requestId);
        }, error.Status);
    }
}
