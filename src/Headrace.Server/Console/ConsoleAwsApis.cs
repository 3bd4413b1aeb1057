using Headrace.Server.AwsJson;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console;

/// <summary>AWS's APIs for a caller that the console knows, so that its requests need no signature.</summary>
/// <param name="Json">Runs an operation of the JSON APIs, named as in <c>X-Amz-Target</c>.</param>
/// <param name="S3">Runs an operation of S3 on what stands behind <c>/console/api/s3/</c>.</param>
internal sealed record ConsoleAwsApis(Func<HttpContext, Caller, string, Task> Json, Func<HttpContext, Caller, Task> S3);
