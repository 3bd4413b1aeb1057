using Headrace.Server.AwsJson;
using Headrace.Server.Console.Access;
using Headrace.Server.Console.Assets;
using Headrace.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console;

/// <summary>
/// The web console under <c>/console/</c>: its pages, and the API that they call under <c>/console/api/</c> (docs/console.md). Lets in
/// only who may use it, and says in AWS's words what failed. Thread-safe.
/// </summary>
internal sealed class ConsoleHandler(ConsoleGuard guard, ConsoleApi api, Func<Exception, WireException> translate)
{
    private const string Root = "/console";
    private const string ApiRoot = "/console/api/";

    private readonly ConsoleAssets _assets = ConsoleAssets.Embedded();

    /// <summary>
    /// Whether a request is for the console. A bucket may be called <c>console</c> too: what carries a signature, or names its bucket by
    /// its host, is for S3.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="bucketInHost">Whether the host names a bucket.</param>
    public static bool Owns(HttpRequest request, bool bucketInHost) =>
        request.Path.StartsWithSegments(Root, StringComparison.Ordinal) && !bucketInHost && !IsSigned(request);

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            ConsoleGuard.Protect(http.Response);
            guard.RequireOwnPage(http.Request);
            var path = http.Request.Path.Value!;
            if (path.StartsWith(ApiRoot, StringComparison.Ordinal))
                await api.HandleAsync(http, path[ApiRoot.Length..]);
            else if (path == Root)
                http.Response.Redirect(Root + "/" + http.Request.QueryString);
            else
                await _assets.RespondAsync(http, path[(Root.Length + 1)..]);
        }
        catch (OperationCanceledException gone) when (gone is ClientGoneException || http.RequestAborted.IsCancellationRequested)
        {
            // The page has gone; nobody waits for an answer.
        }
        catch (Exception failure)
        {
            await RespondAsync(http, translate(failure));
        }
    }

    private static bool IsSigned(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 || request.Headers.ContainsKey("x-amz-date") || request.Headers.ContainsKey("x-amz-content-sha256")
        || request.Query.ContainsKey("X-Amz-Signature") || request.Query.ContainsKey("X-Amz-Credential") || request.Query.ContainsKey("AWSAccessKeyId");

    private static async Task RespondAsync(HttpContext http, WireException error)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = error.Status;
        await ConsoleJson.RespondAsync(http, writer =>
        {
            writer.WriteString("__type", error.Type);
            writer.WriteString("message", error.Message);
        });
    }
}
