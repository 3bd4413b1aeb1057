using System.Globalization;
using System.Net;
using System.Text;
using Headrace.Server;
using Headrace.Server.Hosting;

namespace Headrace.Client.Tests.Workers;

/// <summary>A server, a stream of it, a lease file and what workers do with them.</summary>
internal sealed class WorkerGround : IAsyncDisposable
{
    public const string Stream = "s";

    private readonly string _folder = Directory.CreateTempSubdirectory("headrace-workers-").FullName;
    private HeadraceServer _server = null!;
    private int _next;

    public KinesisClient Client { get; private set; } = null!;

    public WorkerLogbook Log { get; } = new();

    /// <summary>Workers that see each other at once, and never take each other for dead, however slow the machine is.</summary>
    public static WorkerOptions Patient { get; } = new() { FailoverTime = TimeSpan.FromMinutes(2), ShutdownTimeout = TimeSpan.FromMinutes(2), HeartbeatInterval = TimeSpan.FromMilliseconds(50), HandoverTimeout = TimeSpan.FromMinutes(2) };

    public static async Task<WorkerGround> StartAsync(int shards)
    {
        var ground = new WorkerGround();
        ground._server = await HeadraceServer.StartAsync(
            new ServerOptions { DataDirectory = Path.Combine(ground._folder, "data"), Listen = new IPEndPoint(IPAddress.Loopback, 0), StateDelay = TimeSpan.Zero });
        ground.Client = new KinesisClient(new ClientOptions { EndpointUrl = ground._server.Endpoint });
        await ground.Client.CreateStreamAsync(Stream, shards);
        await ground.Client.WaitUntilActiveAsync(Stream);
        return ground;
    }

    public ILeaseStore Leases() => new FileLeaseStore(Path.Combine(_folder, "leases.json"));

    public RunningWorker Run(string id, WorkerOptions? options = null, ILeaseStore? leases = null, Func<string, IShardProcessor>? processorOf = null) =>
        RunningWorker.Start(Client, leases ?? Leases(), (options ?? Patient) with { WorkerId = id }, processorOf ?? (_ => new LoggingProcessor(id, Log)));

    /// <summary>Puts numbered records, of twenty keys in turns.</summary>
    public async Task PutAsync(int count)
    {
        var records = Enumerable.Range(_next, count).Select(n => new PutRecordsEntry(Encoding.UTF8.GetBytes(n.ToString(CultureInfo.InvariantCulture)), $"key-{n % 20}")).ToList();
        _next += count;
        (await Client.PutRecordsAsync(Stream, records)).FailedRecordCount.ShouldBe(0);
    }

    /// <summary>All that was put was handled, each once, and each key's in order.</summary>
    public async Task AllIsHandledOnceAsync()
    {
        await TestWait.UntilAsync(() => Log.Numbers().Distinct().Count() >= _next);
        var numbers = Log.Numbers();
        numbers.GroupBy(n => n).Where(number => number.Count() > 1).Select(number => $"{number.Key} ({number.Count()} times)").Take(10).ShouldBeEmpty();
        foreach (var key in numbers.GroupBy(n => n % 20))
            key.Zip(key.Skip(1)).Where(pair => pair.First > pair.Second).Take(10).ShouldBeEmpty($"out of order in key {key.Key}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
