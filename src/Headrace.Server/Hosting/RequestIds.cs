using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Hosting;

/// <summary>The id that a request's answer and its log lines share.</summary>
internal static class RequestIds
{
    public static readonly object Key = new();

    /// <summary>The second id that Kinesis gives: 72 random bytes in Base64.</summary>
    public static string Extended()
    {
        Span<byte> bytes = stackalloc byte[72];
        RandomNumberGenerator.Fill(bytes);
        return Convert.ToBase64String(bytes);
    }

    public static string Of(HttpContext http) => (string)http.Items[Key]!;
}
