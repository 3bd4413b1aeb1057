using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Fuzzing;

/// <summary>
/// Requests that are almost right, by the thousand, in JSON and CBOR, against a real server. <c>HEADRACE_FUZZ_REQUESTS</c> says
/// how many, <c>HEADRACE_FUZZ_SEED</c> which.
/// </summary>
public sealed class FuzzTests
{
    private const int Senders = 4;
    private const long MemoryMargin = 128L << 20;

    private static readonly int Requests = Setting("HEADRACE_FUZZ_REQUESTS", 8_000);
    private static readonly int Seed = Setting("HEADRACE_FUZZ_SEED", 1);

    private readonly ConcurrentDictionary<int, int> _statuses = new();

    [Fact]
    public async Task Nothing_that_is_sent_breaks_the_server()
    {
        await using var server = await ServerProcess.StartAsync(options: ["--shard-limit", "50"]);
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync("survivor", 1);
        var mutators = Enumerable.Range(0, Senders).Select(sender => new RequestMutator((Seed * Senders) + sender)).ToArray();
        await SendAsync(server, mutators, Requests / 4);
        var early = MemoryOf(server.ProcessId);
        await SendAsync(server, mutators, Requests - (Requests / 4));
        var late = MemoryOf(server.ProcessId);

        TestContext.Current.SendDiagnosticMessage(
            $"{Requests} requests: {string.Join(", ", _statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} x {status.Key}"))}; memory {early >> 20} MiB after a quarter, {late >> 20} MiB at the end");
        server.HasEnded.ShouldBeFalse();
        late.ShouldBeLessThan(early + MemoryMargin);
        // The fuzz must get through to what it tests.
        _statuses.GetValueOrDefault(200).ShouldBeGreaterThan(Requests / 50);
        await kinesis.PutRecordAsync("survivor", "k", [1]);
        (await kinesis.ReadAllAsync("survivor")).Count.ShouldBe(1);
    }

    private async Task SendAsync(ServerProcess server, RequestMutator[] mutators, int requests) => await Task.WhenAll(mutators.Select(async mutator =>
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        for (var i = 0; i < requests / Senders; i++)
        {
            using var request = mutator.Next(server.Endpoint);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var status = (int)response.StatusCode;
            _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (response.Content.Headers.ContentType?.MediaType == "application/vnd.amazon.eventstream")
                continue;
            var answer = await response.Content.ReadAsByteArrayAsync();
            if (status is >= 500 and not 501)
                throw new InvalidOperationException($"{status} {Encoding.UTF8.GetString(answer)} to {request}\n{Convert.ToHexString(await request.Content!.ReadAsByteArrayAsync())}");
        }
    }));

    private static long MemoryOf(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
