using System.Buffers;
using Microsoft.AspNetCore.Http;

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
        // Kestrel's own limit stays far above this one: it would close the connection under a client that still sends, and which
        // would then never read why it was refused.
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (body.Length + read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return false;
            }
            foreach (var segment in read.Buffer)
                body.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return true;
        }
    }
}
