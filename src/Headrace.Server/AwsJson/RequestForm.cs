using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.AwsJson;

/// <summary>
/// What a request's method and content type alone decide, as recorded from the service: the protocol's own two types lead on to the
/// operations, <c>application/json</c> to a protocol that knows none, and all else to an answer in XML.
/// </summary>
internal static class RequestForm
{
    private const string PlainJson = "application/json";

    /// <summary>Whether a request that names no operation is signed for one of the services.</summary>
    public static bool IsSignedFor(HttpRequest request, IEnumerable<AwsJsonService> services)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.Length > 0 && services.Any(service => authorization.Contains($"/{service.SigningName}/aws4_request", StringComparison.Ordinal));
    }

    /// <exception cref="RequestFormException">It isn't a POST.</exception>
    public static void RequirePost(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
            throw AccessDenied();
    }

    /// <exception cref="RequestFormException">The content type is none that operations take.</exception>
    public static void RequireOurs(HttpRequest request, string target, ReadOnlyMemory<byte> body)
    {
        if (AwsJsonEncoding.IsOurs(request.ContentType))
            return;
        if (AwsJsonEncoding.Is(request.ContentType, PlainJson))
            throw IsObject(body) ? Output(404, "UnknownOperationException") : Output(400, "SerializationException");
        throw target.Split('.') is [{ Length: > 0 }, { Length: > 0 }, ..] ? new RequestFormException(404, null, "<UnknownOperationException/>\n") : AccessDenied();
    }

    private static RequestFormException AccessDenied() => new(
        403,
        null,
        "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n</AccessDeniedException>\n");

    private static RequestFormException Output(int status, string type) =>
        new(status, PlainJson, $$$"""{"Output":{"__type":"com.amazon.coral.service#{{{type}}}"},"Version":"1.0"}""");

    private static bool IsObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
