using System.Reflection;
using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.Server.Console.Access;
using Headrace.Server.Console.Overview;
using Headrace.Server.Console.Records;
using Headrace.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console;

/// <summary>
/// The API under <c>/console/api/</c>: what AWS's APIs don't give as JSON and events, and AWS's own APIs for whoever is signed in to
/// the console. Thread-safe.
/// </summary>
/// <param name="guard">Tells who calls.</param>
/// <param name="sessions">Who is signed in.</param>
/// <param name="overview">The whole system at a glance.</param>
/// <param name="records">A stream's shards and records.</param>
/// <param name="apis">AWS's APIs.</param>
internal sealed class ConsoleApi(ConsoleGuard guard, ConsoleSessions sessions, OverviewFeed overview, StreamViewer records, ConsoleAwsApis apis)
{
    private const int MaxSignInBytes = 16 * 1024;

    private static readonly string Version = typeof(ConsoleApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public Task HandleAsync(HttpContext http, string path)
    {
        http.Response.Headers.CacheControl = "no-store";
        var parts = path.Split('/', 3);
        var name = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        var rest = parts.Length > 2 ? parts[2] : "";
        return (http.Request.Method, parts[0], rest) switch
        {
            ("GET", "session", "") => DescribeSessionAsync(http),
            ("POST", "session", "") => SignInAsync(http),
            ("DELETE", "session", "") => SignOut(http),
            ("GET", "overview", "") => overview.RespondAsync(http, guard.Resolve(http)),
            ("GET", "events", "") => overview.FollowAsync(http, guard.Resolve(http)),
            ("GET", "streams", "") when name.Length > 0 => records.DescribeAsync(http, guard.Resolve(http), name),
            ("GET", "streams", "records") => records.ReadAsync(http, guard.Resolve(http), name),
            ("GET", "streams", "tail") => records.TailAsync(http, guard.Resolve(http), name),
            ("POST", "kinesis", "") => apis.Json(http, guard.Resolve(http), $"Kinesis_20131202.{name}"),
            ("POST", "firehose", "") => apis.Json(http, guard.Resolve(http), $"Firehose_20150804.{name}"),
            ("POST", "logs", "") => apis.Json(http, guard.Resolve(http), $"Logs_20140328.{name}"),
            (_, "s3", _) => apis.S3(http, guard.Resolve(http)),
            _ => throw new WireException(404, "ResourceNotFoundException", $"The console's API has no {http.Request.Method} {path}."),
        };
    }

    private Task DescribeSessionAsync(HttpContext http)
    {
        var accessKeyId = guard.AsksForKey ? sessions.Find(http.Request) : "";
        return ConsoleJson.RespondAsync(http, writer =>
        {
            writer.WriteString("version", Version);
            writer.WriteBoolean("asksForKey", guard.AsksForKey);
            writer.WriteBoolean("isSignedIn", accessKeyId is not null);
            if (accessKeyId is null)
                return;
            var scope = guard.Resolve(http).Scope;
            writer.WriteString("accessKeyId", accessKeyId);
            writer.WriteString("account", scope.AccountId);
            writer.WriteString("region", scope.Region);
        });
    }

    private async Task SignInAsync(HttpContext http)
    {
        using var body = new PooledBuffer();
        if (!await WholeBody.TryReadAsync(http, body, MaxSignInBytes))
            throw new WireException(413, "RequestEntityTooLargeException", $"The request body is larger than {MaxSignInBytes} bytes.");
        var (accessKeyId, secret) = Read(body.WrittenMemory);
        sessions.Begin(http, accessKeyId, secret);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task SignOut(HttpContext http)
    {
        sessions.End(http);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static (string AccessKeyId, string Secret) Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return (document.RootElement.GetProperty("accessKeyId").GetString() ?? "", document.RootElement.GetProperty("secretAccessKey").GetString() ?? "");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw WireException.Serialization("Signing in takes {\"accessKeyId\": \"…\", \"secretAccessKey\": \"…\"}.");
        }
    }
}
