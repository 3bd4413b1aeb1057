using System.Text;
using Headrace.Buckets;
using Headrace.ControlPlane;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Processing;
using Headrace.Delivery.Programs;
using Headrace.Delivery.Sources;
using Headrace.Protocol.HashKeys;
using Headrace.ShardLog;
using Headrace.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Delivery.Tests;

/// <summary>Streams and delivery streams on a directory of their own, with a clock that only moves when told; can be stopped and reopened.</summary>
internal sealed class DeliveryRig : IAsyncDisposable
{
    public const string Bucket = "lake";

    private readonly string _directory = Directory.CreateTempSubdirectory("headrace-delivery-").FullName;
    private ControlDatabase? _database;
    private StreamCatalog? _streams;
    private DeliveryService? _delivery;

    public static AccountScope Scope { get; } = new("000000000000", "us-east-1");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 59, 58, TimeSpan.Zero));

    public BucketShelf Shelf { get; } = new();

    /// <summary>The buckets of the store that is called <c>other</c>.</summary>
    public BucketShelf OtherShelf { get; } = new();

    /// <summary>The programs that Exec processors may name.</summary>
    public Dictionary<string, Func<IRecordProgram>> Programs { get; } = new(StringComparer.Ordinal);

    /// <summary>The server's own buckets, where the test asked for them; otherwise <see cref="Shelf"/> stands for these.</summary>
    public BucketStore? Buckets { get; private set; }

    public StreamCatalog Streams => _streams!;

    public DeliveryService Delivery => _delivery!;

    /// <summary>What is kept of the delivery streams, past the service.</summary>
    public DeliveryTables Tables => new(_database!);

    public string DeliveryDirectory => Path.Combine(_directory, "delivery");

    private int MaxActivePartitions { get; init; }

    private long BufferMemoryBytes { get; init; }

    private TimeSpan EndpointTimeout { get; init; }

    private Uri? LambdaEndpoint { get; init; }

    private bool HasBuckets { get; init; }

    public static async Task<DeliveryRig> StartAsync(bool withBucket = true, long bufferMemoryBytes = 256 * 1024 * 1024, int maxActivePartitions = 500, TimeSpan? endpointTimeout = null, Uri? lambdaEndpoint = null, bool ownBuckets = false)
    {
        var rig = new DeliveryRig { BufferMemoryBytes = bufferMemoryBytes, MaxActivePartitions = maxActivePartitions, EndpointTimeout = endpointTimeout ?? TimeSpan.FromMinutes(3), LambdaEndpoint = lambdaEndpoint, HasBuckets = ownBuckets };
        if (withBucket)
            rig.Shelf.CreateBucket(Bucket);
        await rig.OpenAsync();
        if (withBucket)
            rig.Buckets?.CreateBucket(Scope, Bucket);
        return rig;
    }

    /// <summary>Stops everything where it is and opens it anew, as after a crash.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public static S3Destination To(string bucket = Bucket, int megabytes = 1, int seconds = 60) => new()
    {
        RoleArn = "arn:aws:iam::000000000000:role/delivery",
        BucketArn = $"arn:aws:s3:::{bucket}",
        BufferMegabytes = megabytes,
        BufferSeconds = seconds,
    };

    /// <summary>A destination whose records go under <c>data/KEY/</c>, by a jq query that gives <c>key</c>.</summary>
    public static S3Destination Partitioned(string query = "{key: .key}", int seconds = 1, params Processor[] more) => To(megabytes: 64, seconds: seconds) with
    {
        Prefix = "data/!{partitionKeyFromQuery:key}/",
        ErrorOutputPrefix = "errors/!{firehose:error-output-type}/",
        DynamicPartitioning = new DynamicPartitioning(Enabled: true, RetrySeconds: null),
        Processing = new ProcessingConfiguration(Enabled: true, [
            new Processor(ProcessorType.MetadataExtraction, [
                new ProcessorParameter(ProcessorParameters.MetadataExtractionQuery, query),
                new ProcessorParameter(ProcessorParameters.JsonParsingEngine, "JQ-1.6")]),
            .. more]),
    };

    /// <summary>Creates a delivery stream and lets it become ACTIVE.</summary>
    public async Task<DeliveryStream> CreateAsync(string name = "fire", S3Destination? destination = null, string? kinesis = null, params KeyValuePair<string, string>[] tags)
    {
        var stream = await Delivery.CreateAsync(Scope, new DeliveryStreamDefinition
        {
            Name = name,
            Type = kinesis is null ? DeliveryStreamType.DirectPut : DeliveryStreamType.KinesisStreamAsSource,
            Destination = destination ?? To(),
            KinesisSource = kinesis is null ? null : new KinesisStreamSource($"arn:aws:kinesis:us-east-1:000000000000:stream/{kinesis}", "arn:aws:iam::000000000000:role/delivery"),
            Tags = tags,
        });
        Time.Advance(TimeSpan.FromSeconds(1));
        return stream;
    }

    public Task PutAsync(string name, params string[] records) => PutBytesAsync(name, [.. records.Select(Encoding.UTF8.GetBytes)]);

    public async Task PutBytesAsync(string name, params byte[][] records)
    {
        using var batch = new RecordBatch();
        foreach (var record in records)
            batch.Add(0, default, record);
        await Delivery.PutAsync(Scope, name, batch);
    }

    /// <summary>Creates a data stream and waits until it is ACTIVE.</summary>
    public async Task<DataStream> CreateDataStreamAsync(string name, int shards)
    {
        var stream = await Streams.CreateAsync(Scope, new NewStream(name, StreamMode.Provisioned, shards));
        await Poll.UntilAsync(() => stream.Status == StreamStatus.Active, () => Time.Advance(TimeSpan.FromMilliseconds(100)));
        return stream;
    }

    /// <summary>Puts each line under itself as partition key.</summary>
    public static async Task PutDataAsync(DataStream stream, params string[] lines)
    {
        using var batch = new RecordBatch();
        var hashKeys = new UInt128[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var key = Encoding.UTF8.GetBytes(lines[i]);
            hashKeys[i] = PartitionKeyHash.Of(key);
            batch.Add(0, key, Encoding.UTF8.GetBytes(lines[i] + "\n"));
        }
        await stream.PutAsync(batch, hashKeys);
    }

    /// <summary>Lets the clock run, a quarter of a second at a time, until a condition holds.</summary>
    public Task RunUntilAsync(Func<bool> condition) => Poll.UntilAsync(condition, () => Time.Advance(TimeSpan.FromMilliseconds(250)));

    /// <summary>The files of the objects in the server's own buckets.</summary>
    public IReadOnlyList<string> BodyFiles() => [.. Directory.EnumerateFiles(Path.Combine(_directory, "buckets"), "*", SearchOption.AllDirectories)];

    /// <summary>Rows that the control database keeps about delivery streams.</summary>
    public long Rows() => _database!.Read(session => new[] { "delivery_streams", "delivery_tags", "delivery_positions", "delivery_partitions", "delivery_puts", "delivery_put_ranges", "delivery_small_objects" }
        .Sum(table => (long)session.Scalar($"SELECT count(*) FROM {table}")!));

    /// <summary>Objects that wait to be merged.</summary>
    public long SmallObjects() => _database!.Read(session => (long)session.Scalar("SELECT count(*) FROM delivery_small_objects")!);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task OpenAsync()
    {
        _database = ControlDatabase.Open(Path.Combine(_directory, "headrace.db"));
        Buckets = HasBuckets ? BucketStore.Open(Path.Combine(_directory, "buckets"), _database, time: Time) : null;
        _streams = await StreamCatalog.OpenAsync(
            new StreamsOptions { Directory = Path.Combine(_directory, "streams"), Durability = Durability.Os, Time = Time },
            _database,
            NullLogger.Instance);
        _delivery = await DeliveryService.OpenAsync(
            new DeliveryOptions
            {
                Directory = DeliveryDirectory,
                Durability = Durability.Os,
                BufferMemoryBytes = BufferMemoryBytes,
                MaxActivePartitions = MaxActivePartitions,
                EndpointTimeout = EndpointTimeout,
                LambdaEndpoint = LambdaEndpoint,
                Programs = Programs,
                Stores = new Dictionary<string, IObjectStore> { ["other"] = OtherShelf },
                Time = Time,
            },
            _database,
            _streams,
            Buckets is null ? Shelf : new OwnBuckets(Buckets),
            NullLogger.Instance);
    }

    private async Task CloseAsync()
    {
        await Delivery.DisposeAsync();
        await Streams.DisposeAsync();
        _database!.Dispose();
    }
}
