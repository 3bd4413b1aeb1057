using System.Net;
using Headrace.Server;
using Headrace.Server.Hosting;
using Xunit;

namespace Headrace.Examples.Tested;

/// <summary>The whole server inside the test's process, on a folder of its own and a free port.</summary>
public sealed class InProcessServer : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("headrace-").FullName;
    private HeadraceServer? _server;

    public Uri Endpoint => _server!.Endpoint;

    public async ValueTask InitializeAsync() =>
        _server = await HeadraceServer.StartAsync(new ServerOptions { DataDirectory = _data, Listen = new IPEndPoint(IPAddress.Loopback, 0), StateDelay = TimeSpan.Zero });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
