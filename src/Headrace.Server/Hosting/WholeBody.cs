using System.Buffers;
using Headrace.Server.AwsJson;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headrace.Server.Hosting;

/// <summary>Reads the bodies of requests that are handled whole.</summary>
internal static class WholeBody
{
    /// <summary>Reads the body into the buffer; false, and no further, when it is longer than <paramref name="maxBytes"/>.</summary>
    /// <exception cref="BadHttpRequestException">The body is broken.</exception>
    public static async ValueTask<bool> TryReadAsync(HttpContext http, PooledBuffer body, int maxBytes)
    {
        if (http.Request.ContentLength > maxBytes)
            return false;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes + 1L;
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (body.Length + read.Buffer.Length > maxBytes)
                return false;
            foreach (var segment in read.Buffer)
                body.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return true;
        }
    }
}
