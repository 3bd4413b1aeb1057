using Headrace.Server.AwsJson;
using Headrace.Server.Console;
using Headrace.Server.Console.Access;
using Headrace.Server.Console.Overview;
using Headrace.Server.Console.Records;
using Headrace.Server.Pipelines;
using Headrace.Server.S3;
using Microsoft.AspNetCore.Http.Features;

namespace Headrace.Server.Hosting;

/// <summary>Puts the console together with the rooms and APIs that it shows.</summary>
internal static class ConsoleSetup
{
    private const string S3Root = "/console/api/s3/";

    public static ConsoleHandler Create(Rooms rooms, PipelineBook pipelines, ServerOptions options, AwsJsonHandler json, S3Handler s3, CancellationToken stopping)
    {
        var sessions = new ConsoleSessions(options.AccessKeys, TimeProvider.System);
        var guard = new ConsoleGuard(options, sessions);
        var events = new ServerSentEvents(stopping);
        var apis = new ConsoleAwsApis(
            (http, caller, target) => json.HandleAsync(http, target, caller),
            (http, caller) =>
            {
                // What somebody stored must not run as a page of the console.
                http.Response.OnStarting(() =>
                {
                    ConsoleGuard.Protect(http.Response);
                    http.Response.Headers.ContentSecurityPolicy = BrowserSandbox.Policy;
                    return Task.CompletedTask;
                });
                // The path as it was sent: a key's escaped slashes are not the path's.
                var sent = http.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2)[0];
                var at = sent.IndexOf(S3Root, StringComparison.Ordinal);
                return s3.HandleAsync(http, caller, at < 0 ? "" : sent[(at + S3Root.Length)..]);
            });
        var api = new ConsoleApi(
            guard,
            sessions,
            new OverviewFeed(rooms.Streams, rooms.Delivery, rooms.Buckets, pipelines, events, TimeProvider.System),
            new StreamViewer(rooms.Streams, events),
            apis);
        return new ConsoleHandler(guard, api, failure => json.Translate(failure, "The console"));
    }
}
