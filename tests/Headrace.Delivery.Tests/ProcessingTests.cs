using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Tests;

public class ProcessingTests
{
    [Fact]
    public async Task Records_go_under_the_prefix_of_their_keys()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned(more: Append()));
        await rig.PutAsync("fire", """{"key":"a","n":1}""", """{"key":"b","n":2}""", """{"key":"a","n":3}""", """{"key":7}""", """{"key":true}""");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 5);
        rig.Shelf.LinesUnder("lake/data/a/fire-1-").ShouldBe(["""{"key":"a","n":1}""", """{"key":"a","n":3}"""]);
        rig.Shelf.LinesUnder("lake/data/b/").ShouldBe(["""{"key":"b","n":2}"""]);
        rig.Shelf.LinesUnder("lake/data/7/").Count.ShouldBe(1);
        rig.Shelf.LinesUnder("lake/data/true/").Count.ShouldBe(1);
        rig.Shelf.Keys.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("no json", "Non JSON record provided")]
    [InlineData("""{"other":1}""", "partitionKeys values must not be null or empty")]
    [InlineData("""{"key":""}""", "partitionKeys values must not be null or empty")]
    public async Task A_record_without_keys_goes_to_the_error_prefix(string record, string message)
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned());
        await rig.PutAsync("fire", record, """{"key":"a"}""");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.LinesUnder("lake/data/a/").ShouldBe(["""{"key":"a"}"""]);
        using var line = JsonDocument.Parse(rig.Shelf.LinesUnder("lake/errors/processing-failed/fire-1-").Single());
        Encoding.UTF8.GetString(line.RootElement.GetProperty("rawData").GetBytesFromBase64()).ShouldBe(record);
        line.RootElement.GetProperty("errorCode").GetString().ShouldBe("DynamicPartitioning.MetadataExtractionFailed");
        line.RootElement.GetProperty("errorMessage").GetString().ShouldBe(message);
        line.RootElement.GetProperty("attemptsMade").GetInt32().ShouldBe(1);
        line.RootElement.GetProperty("arrivalTimestamp").GetInt64().ShouldBeGreaterThan(1_700_000_000_000);
    }

    [Fact]
    public async Task Json_objects_in_one_record_come_apart()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned(more: [Step(ProcessorType.RecordDeAggregation, (ProcessorParameters.SubRecordType, "JSON")), Append()]));
        await rig.PutAsync("fire", "{\"key\":\"a\"}{\"key\":\"b\"}\n{\"key\":\"a\",\"s\":\"}{\"}", "[{\"key\":\"a\"}]");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 4);
        rig.Shelf.LinesUnder("lake/data/a/").ShouldBe(["""{"key":"a"}""", """{"key":"a","s":"}{"}"""]);
        rig.Shelf.LinesUnder("lake/data/b/").ShouldBe(["""{"key":"b"}"""]);
        rig.Shelf.LinesUnder("lake/errors/processing-failed/").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Delimited_records_come_apart()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned(more: [
            Step(ProcessorType.RecordDeAggregation, (ProcessorParameters.SubRecordType, "DELIMITED"), (ProcessorParameters.Delimiter, "IyMjIw==")),
            Append()]));
        await rig.PutAsync("fire", """{"key":"a"}####{"key":"b"}####""");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.LinesUnder("lake/data/a/").ShouldBe(["""{"key":"a"}"""]);
        rig.Shelf.LinesUnder("lake/data/b/").ShouldBe(["""{"key":"b"}"""]);
    }

    [Theory]
    [InlineData(null, "one\ntwo\n")]
    [InlineData(@"\n", "one\ntwo\n")]
    [InlineData("|", "one|two|")]
    public async Task A_delimiter_follows_each_record(string? delimiter, string expected)
    {
        await using var rig = await DeliveryRig.StartAsync();
        var append = delimiter is null ? Append() : Step(ProcessorType.AppendDelimiterToRecord, (ProcessorParameters.Delimiter, delimiter));
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 1) with { Processing = new ProcessingConfiguration(true, [append]) });
        await rig.PutAsync("fire", "one", "two");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.Read("lake", rig.Shelf.Keys.Single()["lake/".Length..]).ShouldBe(Encoding.UTF8.GetBytes(expected));
    }

    [Fact]
    public async Task Compressed_log_records_are_unpacked_and_their_messages_taken()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 1) with
        {
            ErrorOutputPrefix = "errors/",
            Processing = new ProcessingConfiguration(true, [
                Step(ProcessorType.Decompression, (ProcessorParameters.CompressionFormat, "GZIP")),
                Step(ProcessorType.CloudWatchLogProcessing, (ProcessorParameters.DataMessageExtraction, "true"))]),
        });
        await rig.PutBytesAsync(
            "fire",
            Gzip("""{"messageType":"DATA_MESSAGE","logEvents":[{"message":"one"},{"message":"two"}]}"""),
            Gzip("""{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"checking"}]}"""),
            "not packed"u8.ToArray());
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.LinesUnder("lake/2026/").ShouldBe(["one", "two"]);
        rig.Shelf.LinesUnder("lake/errors/decompression-failed/").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Partitions_beyond_the_limit_go_to_the_error_prefix_until_others_are_delivered()
    {
        await using var rig = await DeliveryRig.StartAsync(maxActivePartitions: 2);
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned(seconds: 30));
        await rig.PutAsync("fire", """{"key":"a"}""", """{"key":"b"}""", """{"key":"c"}""", """{"key":"a"}""");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 4);
        using var line = JsonDocument.Parse(rig.Shelf.LinesUnder("lake/errors/activePartitionExceeded/").Single());
        Encoding.UTF8.GetString(line.RootElement.GetProperty("rawData").GetBytesFromBase64()).ShouldBe("""{"key":"c"}""");
        await rig.PutAsync("fire", """{"key":"c"}""");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 5);
        rig.Shelf.LinesUnder("lake/data/c/").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_full_partition_is_delivered_while_the_others_wait()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned(seconds: 900));
        await rig.PutAsync("fire", """{"key":"small"}""");
        var large = $$"""{"key":"large","pad":"{{new string('x', 1_000_000)}}"}""";
        for (var i = 0; i < 70; i++)
            await rig.PutAsync("fire", large);
        await Poll.UntilAsync(() => stream.Progress!.DeliveredObjects == 1, () => rig.Time.Advance(TimeSpan.FromMilliseconds(20)), seconds: 60);
        rig.Shelf.Keys.Single().ShouldStartWith("lake/data/large/");
        stream.Progress!.BufferedRecords.ShouldBeGreaterThan(0);
        // What waits is neither lost nor delivered twice by a restart.
        await rig.RestartAsync();
        await rig.RunUntilAsync(() => rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.DeliveredRecords == 71);
        rig.Shelf.LinesUnder("lake/data/small/").Count.ShouldBe(1);
        rig.Shelf.Lines().Sum(line => line.Split("\"large\"").Length - 1).ShouldBe(70);
    }

    [Fact]
    public async Task Processing_that_is_turned_on_later_takes_what_comes_from_then_on()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 1));
        await rig.PutAsync("fire", "plain");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        await rig.Delivery.UpdateAsync(DeliveryRig.Scope, "fire", "1", stream.DestinationId, new S3DestinationSettings { Processing = new ProcessingConfiguration(true, [Append()]) });
        await rig.RunUntilAsync(() => stream.Progress!.BufferedRecords == 0);
        await rig.PutAsync("fire", "one");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        await rig.Delivery.UpdateAsync(DeliveryRig.Scope, "fire", "2", stream.DestinationId, new S3DestinationSettings { Processing = new ProcessingConfiguration(false, []) });
        await rig.PutAsync("fire", "bare");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        rig.Shelf.Keys.Select(key => Encoding.UTF8.GetString(rig.Shelf.Read("lake", key["lake/".Length..]))).Order(StringComparer.Ordinal).ShouldBe(["bare", "one\n", "plain"]);
    }

    [Fact]
    public async Task The_records_as_they_came_are_backed_up()
    {
        await using var rig = await DeliveryRig.StartAsync();
        rig.Shelf.CreateBucket("backup");
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned(seconds: 5) with
        {
            BacksUp = true,
            Backup = DeliveryRig.To("backup", seconds: 1) with { Prefix = "raw/", Compression = CompressionFormat.Gzip },
        });
        await rig.PutAsync("fire", "{\"key\":\"a\"}\n", "broken\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 4);
        rig.Shelf.LinesUnder("backup/raw/2026/").ShouldBe(["""{"key":"a"}""", "broken"]);
        rig.Shelf.LinesUnder("lake/data/a/").ShouldBe(["""{"key":"a"}"""]);
    }

    private static Processor Append() => new(ProcessorType.AppendDelimiterToRecord, []);

    private static Processor Step(ProcessorType type, params (string Name, string Value)[] parameters) =>
        new(type, [.. parameters.Select(parameter => new ProcessorParameter(parameter.Name, parameter.Value))]);

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
