using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Hosting;

/// <summary>The id that a request's answer and its log lines share.</summary>
internal static class RequestIds
{
    public static readonly object Key = new();

    public static string Of(HttpContext http) => (string)http.Items[Key]!;
}
