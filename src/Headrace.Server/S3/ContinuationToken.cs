using System.Buffers.Text;
using System.Text;

namespace Headrace.Server.S3;

/// <summary>Where a listing goes on, in a form that clients take for opaque.</summary>
internal static class ContinuationToken
{
    public static string Encode(string after) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(after));

    /// <summary>Empty for no token.</summary>
    /// <exception cref="S3Exception">InvalidArgument: no token of ours.</exception>
    public static string Decode(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return "";
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(token));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw S3Exception.InvalidArgument("continuation-token", token, "The continuation token provided is incorrect");
        }
    }
}
