using Headrace.Server.Signing;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Sts;

/// <summary>STS: the query protocol with XML answers.</summary>
internal sealed class StsHandler(CallerResolver callers)
{
    public static bool Speaks(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Path == "/" && request.HasFormContentType
        && !request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    public Task HandleAsync(HttpContext http) => throw new NotSupportedException(callers.ToString());
}
