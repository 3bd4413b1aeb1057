using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Headrace.Server.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Server.Tests.Signing;

/// <summary>Requests signed by AWS's own signer, and a verifier that knows its key.</summary>
internal sealed class SignedRequests
{
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public SignedRequests() => Verifier = new SignatureVerifier(new Dictionary<string, string> { [AccessKey] = Secret }, Clock);

    /// <summary>Stands at the time of the examples in AWS's documentation.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));

    public SignatureVerifier Verifier { get; }

    public DateTimeOffset SignedAt => Clock.GetUtcNow();

    /// <summary>Signs in the Authorization header.</summary>
    public HttpRequest Sign(string method, string url, string service, byte[] body, string secret = Secret, params (string Name, string Value)[] headers)
    {
        var signing = Signing(method, url, body, headers);
        var signed = AWSSigV4Signer.Sign(signing, Parameters(service, secret));
        return Request(method, url, [.. headers, .. signed.Headers.Select(header => (header.Key, header.Value))]);
    }

    /// <summary>Signs in the query.</summary>
    public HttpRequest Presign(string method, string url, string service, TimeSpan lifetime, params (string Name, string Value)[] headers)
    {
        var signed = AWSSigV4Signer.Presign(Signing(method, url, null, headers), Parameters(service, Secret), lifetime);
        return Request(method, signed.Uri.AbsoluteUri, headers);
    }

    /// <summary>A request as Kestrel would give it.</summary>
    public static HttpRequest Request(string method, string url, params (string Name, string Value)[] headers)
    {
        var uri = new Uri(url);
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        http.Request.Path = Uri.UnescapeDataString(uri.AbsolutePath);
        http.Request.QueryString = new QueryString(uri.Query);
        http.Request.Host = new HostString(uri.Authority);
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = uri.PathAndQuery;
        foreach (var (name, value) in headers)
            http.Request.Headers[name] = value;
        return http.Request;
    }

    private static AWSSigningRequest Signing(string method, string url, byte[]? body, (string Name, string Value)[] headers)
    {
        var signing = new AWSSigningRequest { HttpMethod = new HttpMethod(method), RequestUri = new Uri(url), Content = body };
        foreach (var (name, value) in headers)
            signing.Headers[name] = value;
        return signing;
    }

    private AWSSigV4Parameters Parameters(string service, string secret) => new()
    {
        Credentials = new BasicAWSCredentials(AccessKey, secret),
        Region = RegionEndpoint.USEast1,
        Service = service,
        SignedAt = SignedAt.UtcDateTime,
    };
}
