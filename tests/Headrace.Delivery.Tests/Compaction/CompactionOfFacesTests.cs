using Headrace.Delivery.Channels;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Tests.Conversion;
using Headrace.Streams;

namespace Headrace.Delivery.Tests.Compaction;

/// <summary>Channels, and delivery streams whose records become rows, are compacted like others.</summary>
public class CompactionOfFacesTests
{
    [Fact]
    public async Task A_channel_s_objects_keep_their_form_of_name_and_their_storage_class()
    {
        await using var rig = await DeliveryRig.StartAsync(ownBuckets: true);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        var source = await rig.Streams.CreateAsync(DeliveryRig.Scope, new NewStream("source", StreamMode.OnDemand, null));
        await rig.RunUntilAsync(() => source.Status == StreamStatus.Active);
        var channel = await rig.Delivery.CreateChannelAsync(DeliveryRig.Scope, new ChannelDefinition
        {
            Name = "channel",
            RoleArn = "arn:aws:iam::000000000000:role/channel",
            StreamArn = "arn:aws:kinesis:us-east-1:000000000000:stream/source",
            BucketArn = "arn:aws:s3:::lake",
            BucketOwner = "000000000000",
            FreshnessSeconds = 1,
            Compression = CompressionFormat.Zstd,
            StorageClass = "GLACIER_IR",
            KeyTemplate = "!{stream-name}/!{yyyy}/!{HH}-!{mm}!{extension}",
            Tags = Lake.Tags("1MB", "12h"),
        });
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        for (var minute = 1; minute <= 3; minute++)
        {
            await DeliveryRig.PutDataAsync(source, $"{minute}");
            await rig.RunUntilAsync(() => channel.Stream.Progress!.DeliveredRecords == minute);
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }
        rig.Time.Advance(TimeSpan.FromHours(12));
        await rig.RunUntilAsync(() => channel.Stream.Traffic.MergedObjects == 1);
        var lake = new Lake(rig.Buckets!);
        var merged = lake.Objects.Single();
        merged.Key.ShouldMatch(@"\Asource/2026/\d\d-\d\d-[0-9a-f-]{36}\.zst\z");
        merged.Headers.ShouldBe(new Dictionary<string, string> { ["content-type"] = "application/octet-stream", ["content-encoding"] = "zstd", ["x-amz-storage-class"] = "GLACIER_IR" }, ignoreOrder: true);
        lake.Text(merged.Key, CompressionFormat.Zstd).ShouldBe("1\n2\n3\n");
    }

    [Fact]
    public async Task Rows_of_one_version_of_a_table_become_one_file()
    {
        await using var rig = await DeliveryRig.StartAsync(ownBuckets: true);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        rig.Delivery.Catalog.CreateDatabase(DeliveryRig.Scope, "db", """{"Name":"db"}""");
        rig.Delivery.Catalog.CreateTable(DeliveryRig.Scope, "db", "users", Table("""{"Name":"id","Type":"int"},{"Name":"at","Type":"timestamp"}"""));
        var stream = await rig.CreateAsync(destination: Converted(), tags: Lake.Tags("1MB", "12h"));
        var delivered = 0;
        async Task DeliverAsync(string record)
        {
            delivered++;
            await rig.PutAsync("fire", record);
            await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == delivered);
        }

        await DeliverAsync("""{"id":1,"at":"2026-01-31T10:00:00.123Z"}""");
        await DeliverAsync("""{"id":2}""");
        await DeliverAsync("no json");
        rig.Delivery.Catalog.UpdateTable(DeliveryRig.Scope, "db", "users", Table("""{"Name":"id","Type":"bigint"}"""));
        await DeliverAsync("""{"id":3}""");
        await DeliverAsync("""{"id":4}""");
        await DeliverAsync("nor this");
        await rig.RestartAsync();
        stream = rig.Delivery.Get(DeliveryRig.Scope, "fire");
        rig.Time.Advance(TimeSpan.FromHours(12));
        await rig.RunUntilAsync(() => stream.Traffic.MergedObjects == 2);
        var lake = new Lake(rig.Buckets!);
        lake.Keys.Count(key => key.StartsWith("errors/", StringComparison.Ordinal)).ShouldBe(2);
        var files = lake.Keys.Where(key => key.StartsWith("rows/", StringComparison.Ordinal)).Select(lake.Read).ToList();
        files.Select(file => string.Join(',', Duck.Rows(file, "id"))).Order(StringComparer.Ordinal).ShouldBe(["1,2", "3,4"]);
        Duck.Rows(files.Single(file => Duck.Rows(file, "id").Contains("1")), "at").ShouldBe(["2026-01-31 10:00:00.123", "null"]);
    }

    private static string Table(string columns) => $$$"""{"Name":"users","StorageDescriptor":{"Columns":[{{{columns}}}]}}""";

    private static S3Destination Converted() => DeliveryRig.To(megabytes: 64, seconds: 1) with
    {
        Prefix = "rows/!{timestamp:yyyy}/",
        ErrorOutputPrefix = "errors/!{firehose:error-output-type}/",
        Conversion = new DataFormatConversionConfiguration
        {
            Enabled = true,
            InputFormatConfiguration = new InputFormatConfiguration { Deserializer = new Deserializer { OpenXJsonSerDe = new OpenXJsonSerDe() } },
            OutputFormatConfiguration = new OutputFormatConfiguration { Serializer = new Serializer { ParquetSerDe = new ParquetSerDe() } },
            SchemaConfiguration = new SchemaConfiguration { RoleARN = "arn:aws:iam::000000000000:role/delivery", DatabaseName = "db", TableName = "users" },
        },
    };
}
