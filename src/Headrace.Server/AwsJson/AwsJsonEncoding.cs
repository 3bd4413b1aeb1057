using System.Text.Encodings.Web;

namespace Headrace.Server.AwsJson;

internal static class AwsJsonEncoding
{
    private const string JsonType = "application/x-amz-json-1.1";
    private const string CborType = "application/x-amz-cbor-1.1";

    /// <summary>Leaves text that need not be escaped as it is, as AWS does.</summary>
    public static readonly JavaScriptEncoder Relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static string ContentTypeOf(WireFormat format) => format == WireFormat.Cbor ? CborType : JsonType;

    /// <summary>What a request of this content type speaks.</summary>
    public static WireFormat FormatOf(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim().Equals(CborType, StringComparison.OrdinalIgnoreCase) ? WireFormat.Cbor : WireFormat.Json;
    }
}
