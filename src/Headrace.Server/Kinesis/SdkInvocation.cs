using System.Globalization;
using Headrace.Streams;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Kinesis;

/// <summary>
/// Reads what AWS's SDKs send with each attempt of a call: <c>amz-sdk-invocation-id</c>, the same UUID for all of them, and
/// <c>amz-sdk-request</c>, such as <c>attempt=2; max=5</c>.
/// </summary>
internal static class SdkInvocation
{
    /// <returns>Null when the request does not carry both.</returns>
    public static PutInvocation? Of(HttpRequest request) =>
        Guid.TryParse(request.Headers["amz-sdk-invocation-id"], out var id) && AttemptOf(request.Headers["amz-sdk-request"]) is { } attempt
            ? new PutInvocation(id, IsRepeat: attempt > 1)
            : null;

    private static int? AttemptOf(string? header)
    {
        const string member = "attempt=";
        foreach (var part in header.AsSpan().Split(';'))
        {
            var text = header.AsSpan(part).Trim();
            if (text.StartsWith(member, StringComparison.Ordinal) && int.TryParse(text[member.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
                return attempt;
        }
        return null;
    }
}
