using System.Diagnostics;
using System.Globalization;
using Headrace.Bench.Measuring;
using Headrace.Client;

namespace Headrace.Bench.Delivery;

/// <summary>
/// Fills a stream whose delivery streams wait for their buckets, creates one bucket after the other, and sees how fast each is filled. The wait
/// for the first object and for the last ones, which are cut by the interval, is not measured.
/// </summary>
internal sealed class DeliveryRun(MeasuringSettings settings, int megabytes)
{
    // So little that the last of large objects, which only the interval cuts, is none of it.
    private const double MeasuredShare = 0.8;
    private const int PutsAtOnce = 4;
    private const string Role = "arn:aws:iam::000000000000:role/bench";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly (string Name, int BufferMegabytes, string More)[] Forms =
    [
        ("plain", 5, ""),
        ("large", 64, ""),
        ("gzip", 5, ",\"CompressionFormat\":\"GZIP\""),
        ("parquet", 64, """
            ,"DataFormatConversionConfiguration":{"SchemaConfiguration":{"RoleARN":"arn:aws:iam::000000000000:role/bench","DatabaseName":"bench","TableName":"orders"},
            "InputFormatConfiguration":{"Deserializer":{"OpenXJsonSerDe":{}}},"OutputFormatConfiguration":{"Serializer":{"ParquetSerDe":{}}}}
            """),
    ];

    private readonly Dictionary<string, List<double>> _rates = Forms.ToDictionary(form => form.Name, _ => new List<double>());
    private readonly Dictionary<string, List<double>> _processor = Forms.ToDictionary(form => form.Name, _ => new List<double>());
    private readonly List<double> _copies = [], _ratios = [], _largeRatios = [];

    public async Task<Measurement> RunAsync(CancellationToken cancellation)
    {
        for (var round = 1; round <= settings.Rounds; round++)
        {
            var copied = await CopyAsync(cancellation);
            _copies.Add(copied);
            using var server = await settings.StartServerAsync(string.Create(CultureInfo.InvariantCulture, $"data-{round}"), cancellation);
            using var calls = new ServerCalls(server.Endpoint);
            using var kinesis = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint, Region = "us-east-1" });
            var (records, bytes) = await FillAsync(calls, kinesis, cancellation);
            foreach (var form in Forms)
            {
                var before = server.Cpu;
                _rates[form.Name].Add(await DeliverAsync(calls, form.Name, records, bytes, cancellation));
                var spent = server.Cpu.Since(before);
                _processor[form.Name].Add((spent.User + spent.Kernel) * 1e3 / (bytes / 1e6));
            }
            _ratios.Add(_rates["plain"][^1] / copied);
            _largeRatios.Add(_rates["large"][^1] / copied);
            await settings.Progress.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: cp {copied:N0} MB/s, {string.Join(", ", Forms.Select(form => $"{form.Name} {Math.Round(_rates[form.Name][^1])}"))}"));
        }
        return new Measurement(
            "delivery",
            settings.Rounds,
            [
                new("copyMegabytesPerSecond", "cp and fsync of the same bytes", Median.Of(_copies), "MB/s", 0),
                new("plainMegabytesPerSecond", "stream to objects of 5 MiB", Median.Of(_rates["plain"]), "MB/s", 0),
                new("ratio", "that, to cp", Median.Of(_ratios), "", 2),
                new("largeMegabytesPerSecond", "stream to objects of 64 MiB", Median.Of(_rates["large"]), "MB/s", 0),
                new("largeRatio", "that, to cp", Median.Of(_largeRatios), "", 2),
                new("gzipMegabytesPerSecond", "stream to objects of 5 MiB, GZIP", Median.Of(_rates["gzip"]), "MB/s", 0),
                new("parquetMegabytesPerSecond", "stream to Parquet of 64 MiB", Median.Of(_rates["parquet"]), "MB/s", 0),
                .. Forms.Select(form => new Figure($"{form.Name}ProcessorMicrosecondsPerKilobyte", $"processor time, {form.Name}", Median.Of(_processor[form.Name]), "us/kB", 2)),
            ],
            $"{megabytes} MB of JSON records of about 1,000 bytes, 4 shards; every record counted at the end. MB of record data before compression. Medians.");
    }

    /// <summary>What <c>cp</c> makes durable in a second.</summary>
    private async Task<double> CopyAsync(CancellationToken cancellation)
    {
        var (from, to) = (Path.Combine(settings.Folder.Path, "source"), Path.Combine(settings.Folder.Path, "copy"));
        long length = 0;
        await using (var file = File.Create(from))
        {
            for (var batch = 0; length < megabytes * 1_000_000L; batch++)
            {
                foreach (var record in OrderRecords.Batch(batch))
                {
                    await file.WriteAsync(record, cancellation);
                    length += record.Length;
                }
            }
        }
        var begun = Stopwatch.GetTimestamp();
        using (var copying = Process.Start(new ProcessStartInfo("sh", ["-c", "cp \"$0\" \"$1\" && sync \"$1\"", from, to]))!)
        {
            await copying.WaitForExitAsync(cancellation);
            if (copying.ExitCode != 0)
                throw new BenchmarkException("cp or sync failed");
        }
        var took = Stopwatch.GetElapsedTime(begun);
        File.Delete(from);
        File.Delete(to);
        return length / 1e6 / took.TotalSeconds;
    }

    /// <summary>Creates everything but the buckets, and puts all records.</summary>
    private async Task<(long Records, long Bytes)> FillAsync(ServerCalls calls, KinesisClient kinesis, CancellationToken cancellation)
    {
        await kinesis.CreateStreamAsync("orders", 4, cancellation);
        await kinesis.WaitUntilActiveAsync("orders", cancellation);
        await calls.CallAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"bench"}}""", cancellation);
        await calls.CallAsync("AWSGlue.CreateTable", $$$"""{"DatabaseName":"bench","TableInput":{"Name":"orders","StorageDescriptor":{"Columns":{{{OrderRecords.Columns}}} } } }""", cancellation);
        foreach (var form in Forms)
        {
            await calls.CallAsync("Firehose_20150804.CreateDeliveryStream", $$"""
                {"DeliveryStreamName":"{{form.Name}}","DeliveryStreamType":"KinesisStreamAsSource",
                 "KinesisStreamSourceConfiguration":{"KinesisStreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/orders","RoleARN":"{{Role}}"},
                 "ExtendedS3DestinationConfiguration":{"RoleARN":"{{Role}}","BucketARN":"arn:aws:s3:::{{form.Name}}-objects",
                 "BufferingHints":{"SizeInMBs":{{form.BufferMegabytes}},"IntervalInSeconds":2}{{form.More}} } }
                """, cancellation);
        }
        long records = 0, bytes = 0;
        var batches = (int)(megabytes * 1_000_000L / OrderRecords.Batch(0).Sum(record => (long)record.Length)) + 1;
        await Parallel.ForEachAsync(Enumerable.Range(0, batches), new ParallelOptions { MaxDegreeOfParallelism = PutsAtOnce, CancellationToken = cancellation }, async (number, stop) =>
        {
            var batch = OrderRecords.Batch(number);
            var entries = batch.Select((record, i) => new PutRecordsEntry(record, string.Create(CultureInfo.InvariantCulture, $"{number}-{i}"))).ToList();
            var answer = await kinesis.PutRecordsAsync("orders", entries, stop);
            if (answer.FailedRecordCount > 0)
                throw new BenchmarkException($"{answer.FailedRecordCount} records were not taken");
            Interlocked.Add(ref records, batch.Count);
            Interlocked.Add(ref bytes, batch.Sum(record => (long)record.Length));
        });
        return (records, bytes);
    }

    /// <summary>Creates a delivery stream's bucket and waits until every record is in it; gives MB/s from the first object on.</summary>
    private static async Task<double> DeliverAsync(ServerCalls calls, string form, long records, long bytes, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        await calls.CreateBucketAsync($"{form}-objects", cancellation);
        (long At, long Bytes)? first = null, last = null;
        while (true)
        {
            var delivered = await calls.DeliveredAsync(form, cancellation);
            if (delivered.Bytes > 0)
                first ??= (Stopwatch.GetTimestamp(), delivered.Bytes);
            if (delivered.Bytes >= bytes * MeasuredShare)
                last ??= (Stopwatch.GetTimestamp(), delivered.Bytes);
            if (delivered.Records == records && first is { } from && last is { } to)
                return (to.Bytes - from.Bytes) / 1e6 / Stopwatch.GetElapsedTime(from.At, to.At).TotalSeconds;
            if (delivered.Records > records)
                throw new BenchmarkException($"{form}: {delivered.Records} records were delivered of {records}");
            if (Stopwatch.GetElapsedTime(begun) > Patience)
                throw new BenchmarkException($"{form}: after {Patience} only {delivered.Records} of {records} records are delivered");
            await Task.Delay(Look, cancellation);
        }
    }
}
