using System.Net;
using Headrace.ControlPlane;
using Headrace.Server.AwsJson;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console.Access;

/// <summary>
/// Decides who may use the console. Without access keys the server listens on loopback only, and whoever is at the machine may; a page
/// from elsewhere is kept out by the host that it must name and by the origin that its browser tells. With access keys one signs in.
/// Thread-safe.
/// </summary>
internal sealed class ConsoleGuard(ServerOptions options, ConsoleSessions sessions)
{
    private const string DefaultRegion = "us-east-1";

    /// <summary>Nothing inline, nothing from elsewhere, nobody frames it.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Whether one has to sign in.</summary>
    public bool AsksForKey { get; } = options.AccessKeys.Count > 0;

    /// <summary>What every answer of the console tells the browser.</summary>
    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>Refuses what a page from elsewhere made the browser send.</summary>
    /// <exception cref="WireException">AccessDenied.</exception>
    public void RequireOwnPage(HttpRequest request)
    {
        // A name that resolves to loopback today can be anybody's: only names that always mean this machine are taken.
        if (!AsksForKey && !IsThisMachine(request.Host.Host))
            throw Denied($"The console is only served to this machine itself: '{request.Host.Host}' is another name. Use 127.0.0.1 or localhost.");
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && !IsNavigation(request))
            throw Denied("A page from elsewhere may not use the console.");
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwn(origin, request.Host))
            throw Denied($"A page from {origin} may not use the console.");
        if (!IsRead(request.Method) && request.Headers["X-Headrace-Console"].Count == 0)
            throw Denied("A request that changes something needs the header X-Headrace-Console.");
    }

    /// <summary>Who uses the console; the query's <c>region</c> says where, and without access keys its <c>account</c> for whom.</summary>
    /// <exception cref="WireException">One has to sign in.</exception>
    public Caller Resolve(HttpContext http)
    {
        var region = http.Request.Query["region"].ToString() is { Length: > 0 } given ? given : DefaultRegion;
        if (!AsksForKey)
            return new Caller(new AccountScope(IsAccount(http.Request.Query["account"].ToString()) ?? options.AccountId, region), "");
        if (sessions.Find(http.Request) is not { } accessKeyId)
            throw new WireException(401, "MissingAuthenticationToken", "Sign in with an access key first.");
        return new Caller(new AccountScope(IsAccount(accessKeyId) ?? options.AccountId, region), accessKeyId);
    }

    private static string? IsAccount(string text) => text.Length == 12 && text.All(char.IsAsciiDigit) ? text : null;

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    /// <summary>A link on another site may lead to the console's page, which then decides itself what to ask for.</summary>
    private static bool IsNavigation(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] == "navigate" && HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/console/api", StringComparison.Ordinal);

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    private static WireException Denied(string message) => new(403, "AccessDenied", message);
}
