using Headrace.Buckets;
using Headrace.Server.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Headrace.Server.S3;

/// <summary>S3's REST API with XML answers.</summary>
internal sealed class S3Handler(BucketStore buckets, CallerResolver callers, ILogger log)
{
    public Task HandleAsync(HttpContext http) => throw new NotSupportedException($"{buckets}{callers}{log}");
}
