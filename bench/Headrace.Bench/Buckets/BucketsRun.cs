using System.Globalization;
using Headrace.Bench.Measuring;
using Headrace.Bench.Processes;

namespace Headrace.Bench.Buckets;

/// <summary>Sends the same puts and gets to the server, to the bare endpoint and to a peer, in alternating rounds; then lists many keys.</summary>
internal sealed class BucketsRun(MeasuringSettings settings, int keys, bool peers)
{
    private const int SmallBytes = 64 << 10;
    private const int LargeBytes = 64 << 20;
    private const int SmallObjects = 400;
    private const int LargeObjects = 4;
    private const int SmallConnections = 8;
    private const int LargeConnections = 2;
    private const int FillConnections = 64;

    private readonly Dictionary<string, List<double>> _rates = [];

    public async Task<Measurement> RunAsync(CancellationToken cancellation)
    {
        using var server = await settings.StartServerAsync("data", cancellation);
        using var sink = await settings.StartSinkAsync(cancellation, Directory.CreateDirectory(Path.Combine(settings.Folder.Path, "files")).FullName);
        using var peer = peers ? await StartPeerAsync(cancellation) : null;
        var contenders = new List<(string Name, Uri Folder)> { ("headrace", new Uri(server.Endpoint, "/bench/")), ("file", new Uri(sink.Endpoint, "/files/")) };
        if (peer is not null)
            contenders.Add(("s3rver", new Uri(peer.Endpoint, "/bench/")));
        foreach (var (_, folder) in contenders.Where(contender => contender.Name != "file"))
        {
            using var bucket = new ObjectLoad(folder, 0, 1);
            await bucket.CreateBucketAsync(cancellation);
        }
        // Round 0 is not counted: in it the programs are compiled.
        for (var round = 0; round <= settings.Rounds; round++)
        {
            foreach (var (name, folder) in contenders)
                await RoundAsync(name, folder, round, cancellation);
        }
        settings.Progress.WriteLine($"bench: putting {keys} keys");
        await ListAsync(new Uri(server.Endpoint, "/keys/"), cancellation);
        return Result();
    }

    private async Task RoundAsync(string name, Uri folder, int round, CancellationToken cancellation)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"r{round}");
        using var small = new ObjectLoad(folder, SmallBytes, SmallConnections);
        using var large = new ObjectLoad(folder, LargeBytes, LargeConnections);
        var rates = new[]
        {
            ("SmallPuts", await small.PutAsync(prefix, SmallObjects, cancellation)),
            ("SmallGets", await small.GetAsync(prefix, SmallObjects, cancellation)),
            ("LargePuts", await large.PutAsync(prefix + "-large", LargeObjects, cancellation)),
            ("LargeGets", await large.GetAsync(prefix + "-large", LargeObjects, cancellation)),
        };
        if (round == 0)
            return;
        foreach (var (figure, rate) in rates)
            RatesOf(name + figure).Add(rate);
        settings.Progress.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"bench: round {round} of {settings.Rounds}, {name}: {rates[0].Item2:N0} puts/s, {rates[1].Item2:N0} gets/s, {Megabytes(rates[2].Item2):N0} MB/s put, {Megabytes(rates[3].Item2):N0} MB/s got"));
    }

    private async Task ListAsync(Uri folder, CancellationToken cancellation)
    {
        using var fill = new ObjectLoad(folder, 0, FillConnections);
        await fill.CreateBucketAsync(cancellation);
        RatesOf("emptyPuts").Add(await fill.PutAsync("k", keys, cancellation));
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var rate = await fill.ListAsync(keys, cancellation);
            if (round > 0)
                RatesOf("listed").Add(rate);
        }
    }

    private Task<ServerProcess> StartPeerAsync(CancellationToken cancellation) => ServerProcess.StartAsync(
        "node", Path.Combine(settings.Root, "bench/peers/s3rver.js"), [Directory.CreateDirectory(Path.Combine(settings.Folder.Path, "s3rver")).FullName], cancellation);

    private List<double> RatesOf(string name) => _rates.TryGetValue(name, out var rates) ? rates : _rates[name] = [];

    private double Of(string name) => Median.Of(RatesOf(name));

    private static double Megabytes(double objects) => objects * LargeBytes / 1e6;

    private Measurement Result()
    {
        var figures = new List<Figure>
        {
            new("smallPutsPerSecond", "puts of 64 KiB, durable", Of("headraceSmallPuts"), "/s", 0),
            new("fileSmallPutsPerSecond", "the same at the bare endpoint", Of("fileSmallPuts"), "/s", 0),
            new("smallGetsPerSecond", "gets of 64 KiB", Of("headraceSmallGets"), "/s", 0),
            new("fileSmallGetsPerSecond", "the same at the bare endpoint", Of("fileSmallGets"), "/s", 0),
            new("largePutMegabytesPerSecond", "puts of 64 MiB, durable", Megabytes(Of("headraceLargePuts")), "MB/s", 0),
            new("fileLargePutMegabytesPerSecond", "the same at the bare endpoint", Megabytes(Of("fileLargePuts")), "MB/s", 0),
            new("largePutRatio", "ratio", Of("headraceLargePuts") / Of("fileLargePuts"), "", 2),
            new("largeGetMegabytesPerSecond", "gets of 64 MiB", Megabytes(Of("headraceLargeGets")), "MB/s", 0),
            new("fileLargeGetMegabytesPerSecond", "the same at the bare endpoint", Megabytes(Of("fileLargeGets")), "MB/s", 0),
            new("largeGetRatio", "ratio", Of("headraceLargeGets") / Of("fileLargeGets"), "", 2),
            new("emptyPutsPerSecond", $"puts of nothing over {FillConnections} connections, durable", Of("emptyPuts"), "/s", 0),
            new("listedKeysPerSecond", $"keys listed, of {keys}", Of("listed"), "/s", 0),
        };
        if (peers)
        {
            figures.Add(new("peerSmallPutsPerSecond", "puts of 64 KiB at s3rver, not flushed", Of("s3rverSmallPuts"), "/s", 0));
            figures.Add(new("peerSmallPutRatio", "ratio", Of("headraceSmallPuts") / Of("s3rverSmallPuts"), "", 1));
            figures.Add(new("peerLargePutMegabytesPerSecond", "puts of 64 MiB at s3rver, not flushed", Megabytes(Of("s3rverLargePuts")), "MB/s", 0));
            figures.Add(new("peerLargeGetMegabytesPerSecond", "gets of 64 MiB at s3rver", Megabytes(Of("s3rverLargeGets")), "MB/s", 0));
        }
        return new Measurement(
            "buckets", settings.Rounds, figures,
            $"{SmallObjects} small objects over {SmallConnections} connections and {LargeObjects} large ones over {LargeConnections}, put and then got, to each in turn. The bare endpoint writes and flushes a file for each. Medians.");
    }
}
