using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3.Payload;

/// <summary>The bytes of an upload as they come from the socket; a broken upload is told as S3 tells it.</summary>
/// <param name="pipe">The request's body.</param>
/// <param name="abort">Gives up a connection that is broken.</param>
internal sealed class UploadReader(PipeReader pipe, Action abort)
{
    /// <exception cref="S3Exception">The client went away, was too slow or sent more than is allowed.</exception>
    public async ValueTask<ReadResult> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await pipe.ReadAsync(cancellation);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            throw new S3Exception(400, "RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.", bad);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new S3Exception(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", bad);
        }
        catch (BadHttpRequestException broken)
        {
            throw PayloadErrors.Incomplete(broken);
        }
        catch (IOException broken)
        {
            // Otherwise the server would go on to drain the body, and complain.
            abort();
            throw PayloadErrors.Incomplete(broken);
        }
    }

    /// <param name="consumed">Up to here the bytes are done with.</param>
    /// <param name="examined">Up to here they were looked at: the next read waits until there are more.</param>
    public void AdvanceTo(SequencePosition consumed, SequencePosition examined) => pipe.AdvanceTo(consumed, examined);
}
