using System.Text.Encodings.Web;

namespace Headrace.Server.AwsJson;

internal static class AwsJsonEncoding
{
    public const string ContentType = "application/x-amz-json-1.1";

    /// <summary>Leaves text that need not be escaped as it is, as AWS does.</summary>
    public static readonly JavaScriptEncoder Relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
}
