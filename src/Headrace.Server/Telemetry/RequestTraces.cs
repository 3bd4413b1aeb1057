using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headrace.Server.Telemetry;

/// <summary>Names the span that the web server keeps of a request by the operation that it called, where somebody records it.</summary>
internal static class RequestTraces
{
    /// <param name="http">The request.</param>
    /// <param name="service">The service as people call it, such as <c>Kinesis</c>.</param>
    /// <param name="operation">The operation, such as <c>PutRecords</c>.</param>
    public static void Name(HttpContext http, string service, string operation)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
            return;
        span.DisplayName = $"{service}.{operation}";
        span.SetTag("rpc.system", "aws-api").SetTag("rpc.service", service).SetTag("rpc.method", operation);
    }
}
