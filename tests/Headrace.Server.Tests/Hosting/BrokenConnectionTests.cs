using System.Net;
using System.Net.Sockets;
using System.Text;
using Headrace.Server.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headrace.Server.Tests.Hosting;

/// <summary>A client that goes away in the middle of a request, as one does that is interrupted.</summary>
public sealed class BrokenConnectionTests : IDisposable
{
    private const int Connections = 40;

    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-broken-").FullName;

    [Theory]
    [InlineData("POST /", "X-Amz-Target: Kinesis_20131202.PutRecords\r\nContent-Type: application/x-amz-json-1.1")]
    [InlineData("POST /", "Content-Type: application/x-www-form-urlencoded")]
    [InlineData("PUT /bucket/key", "x-amz-meta-a: b")]
    public async Task Is_no_fault_of_the_servers(string call, string headers)
    {
        using var log = new ErrorLog();
        using var http = new HttpClient();
        await using (var server = await HeadraceServer.StartAsync(new ServerOptions { DataDirectory = _directory, Listen = new IPEndPoint(IPAddress.Loopback, 0) }, logging => logging.AddProvider(log)))
        {
            using var bucket = await http.PutAsync(new Uri(server.Endpoint, "/bucket"), null);
            for (var i = 0; i < Connections; i++)
                await BreakAsync(server.Endpoint, call, headers);
        }
        log.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nor_is_a_reader_that_wants_no_more()
    {
        using var log = new ErrorLog();
        using var http = new HttpClient();
        await using (var server = await HeadraceServer.StartAsync(new ServerOptions { DataDirectory = _directory, Listen = new IPEndPoint(IPAddress.Loopback, 0) }, logging => logging.AddProvider(log)))
        {
            using var bucket = await http.PutAsync(new Uri(server.Endpoint, "/bucket"), null);
            using var body = new ByteArrayContent(new byte[16 << 20]);
            using var put = await http.PutAsync(new Uri(server.Endpoint, "/bucket/large"), body);
            put.StatusCode.ShouldBe(HttpStatusCode.OK);
            for (var i = 0; i < Connections; i++)
                (await http.GetAsync(new Uri(server.Endpoint, "/bucket/large"), HttpCompletionOption.ResponseHeadersRead)).Dispose();
        }
        log.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HT")]
    public async Task Nor_is_one_that_has_said_nothing_yet_when_the_server_stops(string said)
    {
        using var log = new ErrorLog();
        var server = await HeadraceServer.StartAsync(new ServerOptions { DataDirectory = _directory, Listen = new IPEndPoint(IPAddress.Loopback, 0) }, logging => logging.AddProvider(log));
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await silent.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port);
        await silent.SendAsync(Encoding.ASCII.GetBytes(said));
        using var http = new HttpClient();
        // Who came later is served: so the silent one is connected too.
        using var bucket = await http.PutAsync(new Uri(server.Endpoint, "/bucket"), null);

        var stopping = server.DisposeAsync().AsTask();

        // Nobody waits for it: it is hung up on in good order.
        (await silent.ReceiveAsync(new byte[1])).ShouldBe(0);
        await stopping;
        log.Failures.ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Sends a part of what was announced, has the server begin to read it, and resets the connection.</summary>
    private static async Task BreakAsync(Uri endpoint, string call, string headers)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(enable: true, seconds: 0) };
        await socket.ConnectAsync(IPAddress.Loopback, endpoint.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{call} HTTP/1.1\r\nHost: {endpoint.Authority}\r\n{headers}\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n"));
        // The answer to Expect comes when the server reads.
        (await socket.ReceiveAsync(new byte[256])).ShouldBePositive();
        await socket.SendAsync(new byte[1000]);
    }

    /// <summary>Keeps what is logged as an error.</summary>
    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly List<string> _failures = [];

        public IReadOnlyList<string> Failures
        {
            get
            {
                lock (_failures)
                    return [.. _failures];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            lock (_failures)
                _failures.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
