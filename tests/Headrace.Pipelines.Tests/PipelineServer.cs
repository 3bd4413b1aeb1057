using System.Net;
using System.Text;
using Headrace.Client;
using Headrace.Server;
using Headrace.Server.Hosting;

namespace Headrace.Pipelines.Tests;

/// <summary>A server of one test, with the folder that everything of the test is in.</summary>
internal sealed class PipelineServer : IAsyncDisposable
{
    private readonly HeadraceServer _server;

    private PipelineServer(HeadraceServer server, string directory)
    {
        (_server, Directory) = (server, directory);
        Client = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint });
    }

    public string Directory { get; }

    public KinesisClient Client { get; }

    public static async Task<PipelineServer> StartAsync(params (string Stream, int Shards)[] streams)
    {
        var directory = Path.Combine(Path.GetTempPath(), "headrace-etl-" + Guid.NewGuid().ToString("N"));
        var server = new PipelineServer(
            await HeadraceServer.StartAsync(new ServerOptions
            {
                DataDirectory = Path.Combine(directory, "data"),
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                StateDelay = TimeSpan.Zero,
            }), directory);
        foreach (var (stream, shards) in streams)
            await server.CreateAsync(stream, shards);
        return server;
    }

    public string At(string name) => Path.Combine(Directory, name);

    public async Task CreateAsync(string stream, int shards)
    {
        await Client.CreateStreamAsync(stream, shards);
        await Client.WaitUntilActiveAsync(stream);
    }

    /// <summary>Everything in a stream, a shard's records in order and its children behind it.</summary>
    public async Task<List<ConsumedRecord>> ReadAsync(string stream)
    {
        var records = new List<ConsumedRecord>();
        await foreach (var record in new Consumer(Client, stream, new ConsumerOptions { Follow = false }).ReadAsync())
            records.Add(record);
        return records;
    }

    public async Task<List<string>> TextsAsync(string stream) => [.. (await ReadAsync(stream)).Select(record => Encoding.UTF8.GetString(record.Data.Span))];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
