using Headrace.Delivery;
using Headrace.Server.Metrics;
using Headrace.Server.S3.Traffic;
using Headrace.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headrace.Server.Hosting;

/// <summary>
/// The whole system in one process: opens the data directory, serves every API on one address, and closes cleanly.
/// Thread-safe; one owner disposes it.
/// </summary>
public sealed class HeadraceServer : IAsyncDisposable
{
    /// <summary>How long requests under way are waited for; a client that never finishes its own keeps nobody waiting longer.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly WebApplication _web;
    private readonly Rooms _rooms;
    private readonly ServerMetrics _metrics;
    private readonly TelemetryExport _telemetry;
    private readonly TlsIdentity? _tls;

    private HeadraceServer(WebApplication web, Rooms rooms, ServerMetrics metrics, TelemetryExport telemetry, TlsIdentity? tls)
    {
        _telemetry = telemetry;
        _tls = tls;
        _web = web;
        _rooms = rooms;
        _metrics = metrics;
        var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Endpoint = new Uri(address);
    }

    /// <summary>Where the server answers, with the port that it really took.</summary>
    public Uri Endpoint { get; }

    /// <summary>Opens the data directory, recovers it and starts to answer.</summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="IOException">The data directory is in use or unusable, or the port is taken.</exception>
    public static async Task<HeadraceServer> StartAsync(ServerOptions options, Action<ILoggingBuilder>? logging = null, CancellationToken cancellation = default)
    {
        options.Validate();
        FlushThreads.Reserve();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (logging is not null)
            builder.Services.AddLogging(logging);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = LongestStop);
        var tls = options.LoadTlsIdentity();
        KestrelSetup.Apply(builder.WebHost, options, tls);
        var web = builder.Build();
        var rooms = await Rooms.OpenAsync(options, web.Services.GetRequiredService<ILoggerFactory>(), cancellation);
        var buckets = new S3Traffic(rooms.Buckets);
        var metrics = new ServerMetrics(rooms, buckets, options.DataDirectory);
        var telemetry = TelemetryExport.Start(Environment.GetEnvironmentVariable, "headrace", "Microsoft.AspNetCore", DeliveryTraces.SourceName);
        try
        {
            var logger = web.Services.GetRequiredService<ILogger<RequestDispatcher>>();
            var dispatcher = new RequestDispatcher(rooms, options, metrics, buckets, logger, web.Lifetime.ApplicationStopping);
            ((IApplicationBuilder)web).Run(dispatcher.HandleAsync);
            await web.StartAsync(cancellation);
            return new HeadraceServer(web, rooms, metrics, telemetry, tls);
        }
        catch
        {
            telemetry.Dispose();
            metrics.Dispose();
            await rooms.DisposeAsync();
            await web.DisposeAsync();
            tls?.Dispose();
            throw;
        }
    }

    /// <summary>Stops to answer, finishes what is under way, closes the data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        // Subscriptions would be requests under way for minutes.
        _rooms.Streams.EndSubscriptions();
        await _web.StopAsync();
        await _web.DisposeAsync();
        _telemetry.Dispose();
        _metrics.Dispose();
        await _rooms.DisposeAsync();
        _tls?.Dispose();
    }
}
