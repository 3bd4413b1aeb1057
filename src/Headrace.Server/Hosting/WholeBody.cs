using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Hosting;

/// <summary>Reads the bodies of requests that are handled whole.</summary>
internal static class WholeBody
{
    /// <summary>Reads the body into the buffer; false, and no further, when it is longer than <paramref name="maxBytes"/>.</summary>
    /// <exception cref="BadHttpRequestException">The body is broken.</exception>
    /// <exception cref="ClientGoneException">The connection is broken.</exception>
    public static async ValueTask<bool> TryReadAsync(HttpContext http, PooledBuffer body, int maxBytes)
    {
        if (http.Request.ContentLength > maxBytes)
            return false;
        // Kestrel's own limit stays far above this one: it would close the connection under a client that still sends, and which
        // would then never read why it was refused.
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await ReadAsync(reader, http);
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

    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader, HttpContext http)
    {
        try
        {
            return await reader.ReadAsync(http.RequestAborted);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            // A reset comes here before RequestAborted tells of it. Unaborted, the server would go on to drain the body, and complain.
            http.Abort();
            throw new ClientGoneException(broken);
        }
    }
}
