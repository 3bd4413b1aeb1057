using System.Globalization;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Buckets;

/// <summary>
/// The server is killed (-9) in the midst of puts, uploads in parts, deletes and expiries, started again and checked, over and
/// over: <c>BUCKET_CRASH_CYCLES</c> times, or 8.
/// </summary>
public sealed class BucketCrashTests(ITestOutputHelper output)
{
    private const int Writers = 4;

    [Fact]
    public async Task Acknowledged_objects_are_whole_and_nothing_is_leaked()
    {
        var cycles = Environment.GetEnvironmentVariable("BUCKET_CRASH_CYCLES") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 8;
        await using var server = await ServerProcess.StartAsync();
        using (var http = new HttpClient { BaseAddress = server.Endpoint })
        {
            using var made = await http.PutAsync("/crashes", null);
            made.EnsureSuccessStatusCode();
        }
        var writers = Enumerable.Range(0, Writers).Select(number => new ObjectWriter(number)).ToList();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            using var http = new HttpClient { BaseAddress = server.Endpoint };
            var load = writers.Select(writer => writer.WriteAsync(http)).Append(ExpireAsync(http)).ToList();
            await Task.Delay(Random.Shared.Next(50, 400));
            await server.KillAsync();
            await Task.WhenAll(load);
            await server.RestartAsync();
            using var after = new HttpClient { BaseAddress = server.Endpoint };
            foreach (var writer in writers)
                await writer.CheckAsync(after);
        }
        // What an upload left that nobody completed is its own until it is aborted; then only objects' files may remain.
        using var bucket = new BucketHttp(server.Endpoint, "crashes");
        using var last = new HttpClient { BaseAddress = server.Endpoint };
        foreach (var writer in writers)
            await writer.AbortAsync(last);
        var files = 0;
        foreach (var key in await bucket.KeysAsync(""))
            files += ObjectWriter.FilesOf(key, (await bucket.GetAsync(key)).Length);
        await server.KillAsync();
        await server.RestartAsync();
        var found = Directory.EnumerateFiles(Path.Combine(server.Data, "buckets"), "*", SearchOption.AllDirectories).Count();
        found.ShouldBe(files);
        writers.Sum(writer => writer.Acknowledged).ShouldBePositive();
        output.WriteLine($"{cycles} cycles, {writers.Sum(writer => writer.Acknowledged)} changes acknowledged, {found} files");
    }

    /// <summary>Puts objects that expire at once, and the rule that says so, again and again.</summary>
    private static async Task ExpireAsync(HttpClient http)
    {
        const string rule = "<LifecycleConfiguration><Rule><ID>r</ID><Filter><Prefix>expired/</Prefix></Filter><Status>Enabled</Status><Expiration><Date>2020-01-01T00:00:00Z</Date></Expiration></Rule></LifecycleConfiguration>";
        try
        {
            for (var round = 0; ; round++)
            {
                for (var index = 0; index < 5; index++)
                {
                    using var put = await http.PutAsync($"/crashes/expired/{round}-{index}", new ByteArrayContent(new byte[1000]));
                }
                using var set = await http.PutAsync("/crashes?lifecycle", new StringContent(rule));
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            // The server has been killed.
        }
    }
}
