using Headrace.Server.AwsJson;
using Headrace.Server.Console;
using Headrace.Server.Faults;
using Headrace.Server.Firehose;
using Headrace.Server.Glue;
using Headrace.Server.Kinesis;
using Headrace.Server.Logs;
using Headrace.Server.Metrics;
using Headrace.Server.Metrics.Scraping;
using Headrace.Server.Pipelines;
using Headrace.Server.S3;
using Headrace.Server.S3.Traffic;
using Headrace.Server.Signing;
using Headrace.Server.Sts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Headrace.Server.Hosting;

/// <summary>
/// Decides which API a request speaks: <c>X-Amz-Target</c> names an operation of Kinesis, Firehose, Glue or Logs, a body of their formats without it none, a form with
/// <c>Action=</c> is STS, an unsigned GET of its paths monitoring, what is under <c>/console/</c> the console, anything else is S3. Gives every answer its
/// request ids and stops failures from leaking.
/// </summary>
internal sealed class RequestDispatcher
{
    private readonly AwsJsonHandler _json;
    private readonly StsHandler _sts;
    private readonly S3Handler _s3;
    private readonly CallerResolver _callers;
    private readonly MonitoringHandler _monitoring;
    private readonly ConsoleHandler _console;

    public RequestDispatcher(Rooms rooms, ServerOptions options, ServerMetrics metrics, S3Traffic buckets, ILogger<RequestDispatcher> log, CancellationToken stopping)
    {
        _callers = new CallerResolver(options, TimeProvider.System);
        var pipelines = new PipelineBook(TimeProvider.System);
        _json = new AwsJsonHandler(
            [
                KinesisService.Create(rooms.Streams, rooms.Delivery, enforcePolicies: options.AccessKeys.Count > 0, options.EnforceLimits),
                FirehoseService.Create(rooms.Delivery),
                GlueService.Create(rooms.Delivery.Catalog),
                LogsService.Create(rooms.Delivery.Logs),
                PipelinesService.Create(pipelines),
            ],
            _callers,
            log,
            options.Faults.Count > 0 ? new FaultBook(options.Faults, options.FaultSeed) : null);
        _sts = new StsHandler(_callers, log);
        _s3 = new S3Handler(rooms.Buckets, _callers, buckets, log);
        _monitoring = new MonitoringHandler(metrics, new Readiness(rooms.Streams, options.DataDirectory), isProtected: options.AccessKeys.Count > 0);
        _console = ConsoleSetup.Create(rooms, pipelines, options, _json, _s3, stopping);
    }

    public Task HandleAsync(HttpContext http)
    {
        var requestId = Guid.NewGuid().ToString();
        http.Items[RequestIds.Key] = requestId;
        if (CrossOrigin.IsPreflight(http.Request))
        {
            http.Response.Headers["x-amzn-RequestId"] = requestId;
            CrossOrigin.AnswerPreflight(http);
            return Task.CompletedTask;
        }
        if (http.Request.Headers.TryGetValue("X-Amz-Target", out var target) || _json.Speaks(http.Request))
        {
            http.Response.Headers["x-amzn-RequestId"] = requestId;
            http.Response.Headers["x-amz-id-2"] = RequestIds.Extended();
            CrossOrigin.Allow(http);
            return _json.HandleAsync(http, target.ToString());
        }
        if (StsHandler.Speaks(http.Request))
        {
            http.Response.Headers["x-amzn-RequestId"] = requestId;
            return _sts.HandleAsync(http);
        }
        if (MonitoringHandler.Speaks(http.Request))
            return _monitoring.HandleAsync(http);
        http.Response.Headers["x-amz-request-id"] = requestId;
        http.Response.Headers["x-amz-id-2"] = requestId;
        if (ConsoleHandler.Owns(http.Request, S3Address.BucketOfHost(http.Request) is not null))
            return _console.HandleAsync(http);
        BrowserSandbox.Apply(http);
        return _s3.HandleAsync(http);
    }
}
