using System.Globalization;
using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Settings;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3.Settings;

/// <summary>Applies a bucket's CORS rules: to a browser's question what it may send, and to the answers of its requests.</summary>
internal sealed class CrossOriginAccess(BucketStore store)
{
    private const string Varies = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    public static bool IsPreflight(HttpRequest request) => HttpMethods.IsOptions(request.Method);

    /// <exception cref="S3Exception">The question is incomplete, or no rule allows it.</exception>
    public void AnswerPreflight(HttpContext http, string bucket)
    {
        var origin = http.Request.Headers.Origin.ToString();
        var method = http.Request.Headers.AccessControlRequestMethod.ToString();
        if (origin.Length == 0)
            throw new S3Exception(400, "BadRequest", "Insufficient information. Origin request header needed.");
        if (method is not ("GET" or "PUT" or "POST" or "DELETE" or "HEAD"))
            throw new S3Exception(400, "BadRequest", $"Invalid Access-Control-Request-Method: {(method.Length == 0 ? "null" : method)}");
        var names = http.Request.Headers.AccessControlRequestHeaders.ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (RulesOf(bucket) is not { } rules)
            throw Forbidden("CORS is not enabled for this bucket.", method);
        var rule = rules.Find(rule => rule.AllowedOrigin(origin) is not null && rule.Methods.Contains(method) && names.All(rule.AllowsHeader))
            ?? throw Forbidden("This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.", method);
        Write(http, rule, origin);
        if (names.Length > 0)
            http.Response.Headers.AccessControlAllowHeaders = string.Join(", ", names.Select(name => name.ToLowerInvariant()));
        http.Response.ContentLength = 0;
    }

    /// <summary>Lets a page read the answer to its request, if a rule does.</summary>
    public void Allow(HttpContext http, string bucket)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || bucket.Length == 0)
            return;
        var method = http.Request.Headers.AccessControlRequestMethod.ToString() is { Length: > 0 } asked ? asked : http.Request.Method;
        if (RulesOf(bucket)?.Find(rule => rule.AllowedOrigin(origin) is not null && rule.Methods.Contains(method)) is { } rule)
            Write(http, rule, origin);
    }

    private List<CorsRule>? RulesOf(string bucket) =>
        store.BucketExists(bucket) && store.GetSetting(bucket, BucketSetting.Cors) is { } text ? CorsRule.AllOf(XElement.Parse(text)) : null;

    private static void Write(HttpContext http, CorsRule rule, string origin)
    {
        var headers = http.Response.Headers;
        var allowed = rule.AllowedOrigin(origin)!;
        headers.AccessControlAllowOrigin = allowed;
        headers.AccessControlAllowMethods = string.Join(", ", rule.Methods);
        if (rule.Exposed.Count > 0)
            headers.AccessControlExposeHeaders = string.Join(", ", rule.Exposed);
        if (rule.MaxAgeSeconds is { } age)
            headers.AccessControlMaxAge = age.ToString(CultureInfo.InvariantCulture);
        if (allowed != "*")
            headers.AccessControlAllowCredentials = "true";
        headers.Vary = Varies;
    }

    private static S3Exception Forbidden(string message, string method) => new(403, "AccessForbidden", "CORSResponse: " + message)
    {
        Details = [("Method", method), ("ResourceType", "BUCKET")],
    };
}
