using System.Text.Encodings.Web;

namespace Headrace.Server.AwsJson;

internal static class AwsJsonEncoding
{
    private const string JsonType = "application/x-amz-json-1.1";
    private const string CborType = "application/x-amz-cbor-1.1";

    /// <summary>Leaves text that need not be escaped as it is, as AWS does.</summary>
    public static readonly JavaScriptEncoder Relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static string ContentTypeOf(WireFormat format) => format == WireFormat.Cbor ? CborType : JsonType;

    /// <summary>What a request of this content type speaks: JSON, unless it is CBOR's.</summary>
    public static WireFormat FormatOf(string? contentType) => Is(contentType, CborType) ? WireFormat.Cbor : WireFormat.Json;

    public static bool IsJson(string? contentType) => Is(contentType, JsonType);

    /// <summary>Whether no other API of the server has this content type.</summary>
    public static bool IsOurs(string? contentType) => Is(contentType, JsonType) || Is(contentType, CborType);

    /// <summary>Compares without the parameters, such as a charset.</summary>
    public static bool Is(string? contentType, string type)
    {
        var given = contentType.AsSpan();
        var end = given.IndexOf(';');
        return (end < 0 ? given : given[..end]).Trim().Equals(type, StringComparison.OrdinalIgnoreCase);
    }
}
