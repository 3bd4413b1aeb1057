namespace Headrace.Client;

/// <summary>The names that body formats have on the wire.</summary>
internal static class BodyFormats
{
    private const string Json = "application/x-amz-json-1.1";
    private const string Cbor = "application/x-amz-cbor-1.1";

    public static string ContentType(this BodyFormat format) => format == BodyFormat.Cbor ? Cbor : Json;

    /// <summary>The format of an answer; what does not say so is taken for JSON.</summary>
    public static BodyFormat Of(HttpResponseMessage response) =>
        Cbor.Equals(response.Content.Headers.ContentType?.MediaType, StringComparison.OrdinalIgnoreCase) ? BodyFormat.Cbor : BodyFormat.Json;
}
