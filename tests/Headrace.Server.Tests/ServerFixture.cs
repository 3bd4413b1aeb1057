using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Headrace.Server.Hosting;

namespace Headrace.Server.Tests;

/// <summary>A whole server in this process on a free port, with a data directory of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly Func<ServerOptions, ServerOptions> _adjust = static options => options;
    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-server-").FullName;
    private HeadraceServer? _server;

    public ServerFixture()
    {
    }

    private ServerFixture(Func<ServerOptions, ServerOptions> adjust) => _adjust = adjust;

    public HttpClient Http { get; } = new();

    public Uri Endpoint => _server!.Endpoint;

    /// <summary>A server of other options, started.</summary>
    internal static async Task<ServerFixture> StartAsync(Func<ServerOptions, ServerOptions> adjust)
    {
        var server = new ServerFixture(adjust);
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync() => _server = await HeadraceServer.StartAsync(_adjust(new ServerOptions
    {
        DataDirectory = _directory,
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        StateDelay = TimeSpan.FromMilliseconds(5),
        ShardLimit = 500,
    }));

    /// <summary>Stops the server and starts one anew on the same data.</summary>
    public async Task RestartAsync()
    {
        await _server!.DisposeAsync();
        await InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Sends an AWS JSON request; gives status and body.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string target, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint)
        {
            Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1")),
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public async Task<JsonElement> KinesisAsync(string operation, string json)
    {
        var (status, body) = await SendAsync($"Kinesis_20131202.{operation}", json);
        status.ShouldBe(HttpStatusCode.OK, body.ValueKind == JsonValueKind.Undefined ? operation : body.ToString());
        return body;
    }

    /// <summary>Sends a Kinesis request that must fail; gives the error's type and message.</summary>
    public async Task<(string Type, string Message)> KinesisErrorAsync(string operation, string json)
    {
        var (status, body) = await SendAsync($"Kinesis_20131202.{operation}", json);
        ((int)status).ShouldBeInRange(400, 499, body.ToString());
        return (body.GetProperty("__type").GetString()!, body.TryGetProperty("message", out var message) || body.TryGetProperty("Message", out message) ? message.GetString()! : "");
    }

    /// <summary>Creates a stream and waits until it is ACTIVE.</summary>
    public async Task CreateStreamAsync(string name, int shards)
    {
        await KinesisAsync("CreateStream", $$"""{"StreamName":"{{name}}","ShardCount":{{shards}}}""");
        await WaitForStatusAsync(name, "ACTIVE");
    }

    public Task WaitForStatusAsync(string name, string status) => Poll.UntilAsync(async () =>
    {
        var summary = await KinesisAsync("DescribeStreamSummary", $$"""{"StreamName":"{{name}}"}""");
        return summary.GetProperty("StreamDescriptionSummary").GetProperty("StreamStatus").GetString() == status;
    });

    /// <summary>An iterator over a shard; the position's members are given as JSON.</summary>
    public async Task<string> IteratorAsync(string stream, int shard, string position = "\"ShardIteratorType\":\"TRIM_HORIZON\"")
    {
        var body = await KinesisAsync("GetShardIterator", $$"""{"StreamName":"{{stream}}","ShardId":"shardId-{{shard:D12}}",{{position}}}""");
        return body.GetProperty("ShardIterator").GetString()!;
    }

    public Task<JsonElement> RecordsAsync(string iterator, int limit = 10_000) =>
        KinesisAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}","Limit":{{limit}}}""");
}
