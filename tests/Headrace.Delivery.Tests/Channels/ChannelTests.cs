using System.Text;
using System.Text.Json;
using Headrace.Delivery.Channels;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.ErrorLogs;
using Headrace.Streams;

namespace Headrace.Delivery.Tests.Channels;

public class ChannelTests
{
    [Fact]
    public async Task Records_become_objects_named_by_the_template_and_packed()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await CreateSourceAsync(rig);
        await DeliveryRig.PutDataAsync(data, "before");
        var channel = await CreateAsync(rig, definition => definition with { Compression = CompressionFormat.Zstd, StorageClass = "GLACIER_IR", KeyTemplate = "!{stream-name}/!{yyyy}/!{HH}!{extension}" });
        await DeliveryRig.PutDataAsync(data, "a", "b", "c");

        await rig.RunUntilAsync(() => channel.Stream.Progress!.DeliveredRecords == 3);

        var key = rig.Shelf.Keys.ShouldHaveSingleItem();
        key.ShouldMatch(@"\Alake/source/2026/0[56]-[0-9a-f-]{36}\.zst\z");
        using var unpacking = new ZstdSharp.Decompressor();
        Encoding.UTF8.GetString(unpacking.Unwrap(rig.Shelf.Outgoing[key].Body.Span)).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["a", "b", "c"], ignoreOrder: true);
        rig.Shelf.Outgoing[key].ContentEncoding.ShouldBe("zstd");
        rig.Shelf.Outgoing[key].StorageClass.ShouldBe("GLACIER_IR");
        rig.Shelf.Outgoing[key].ExpectedOwner.ShouldBe("000000000000");
    }

    [Fact]
    public async Task What_is_not_of_the_format_becomes_a_dead_letter()
    {
        await using var rig = await DeliveryRig.StartAsync();
        rig.Shelf.CreateBucket("letters");
        var data = await CreateSourceAsync(rig);
        var channel = await CreateAsync(rig, definition => definition with { RecordFormat = RecordFormat.Json, DeadLetters = new DeadLetterBucket("arn:aws:s3:::letters", "111122223333", null) });
        await DeliveryRig.PutDataAsync(data, """{"n":1}""", "no json", "[2]", "{} {}");

        await rig.RunUntilAsync(() => channel.Stream.Progress!.DeliveredRecords == 4);

        rig.Shelf.LinesUnder("lake/").ShouldBe(["""{"n":1}""", "[2]"], ignoreOrder: true);
        var prefix = $"letters/kinesis-channel/errors/channel/{channel.Id}/format-validation-failed/2026/";
        rig.Shelf.LinesUnder(prefix).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(line => (Encoding.UTF8.GetString(line.GetProperty("rawData").GetBytesFromBase64()), line.GetProperty("errorCode").GetString()))
            .ShouldBe([("no json\n", "Channel.InvalidRecordFormat"), ("{} {}\n", "Channel.InvalidRecordFormat")], ignoreOrder: true);
        rig.Shelf.Outgoing[rig.Shelf.Keys.First(key => key.StartsWith(prefix, StringComparison.Ordinal))].ExpectedOwner.ShouldBe("111122223333");
        rig.Delivery.Logs.Names(DeliveryRig.Scope).ShouldContain(new LogName($"/aws/kinesis/channel/{channel.Id}", "DestinationDelivery"));
    }

    [Theory]
    [InlineData(RecordFormat.ByteArray)]
    [InlineData(RecordFormat.String)]
    public async Task A_put_that_seemed_to_fail_is_repeated_under_the_same_name_after_a_restart(RecordFormat format)
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await CreateSourceAsync(rig);
        var channel = await CreateAsync(rig, definition => definition with { RecordFormat = format, Compression = CompressionFormat.Gzip });
        rig.Shelf.AfterPut = (_, _) => throw new IOException("The answer was lost.");
        await DeliveryRig.PutDataAsync(data, "a", "b");
        await rig.RunUntilAsync(() => channel.Stream.Progress!.LastError == "The answer was lost.");
        rig.Shelf.AfterPut = (_, _) => Task.CompletedTask;
        await rig.RestartAsync();

        var again = rig.Delivery.GetChannel(DeliveryRig.Scope, channel.Arn);
        await rig.RunUntilAsync(() => again.Stream.Progress!.DeliveredRecords == 2);

        rig.Shelf.Lines().ShouldBe(["a", "b"]);
        rig.Shelf.Keys.ShouldHaveSingleItem();
        again.Settings.ShouldBe(channel.Settings);
    }

    [Fact]
    public async Task An_update_holds_for_what_comes_next()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var data = await CreateSourceAsync(rig);
        var channel = await CreateAsync(rig, definition => definition with { FreshnessSeconds = 900 });

        await rig.Delivery.UpdateChannelAsync(DeliveryRig.Scope, channel.Arn, 0, new CloudWatchLogging(true, null, null));

        channel.Status.ShouldBe(ChannelStatus.Updating);
        (await Should.ThrowAsync<DeliveryException>(() => rig.Delivery.UpdateChannelAsync(DeliveryRig.Scope, channel.Arn, 1, null))).Fault.ShouldBe(DeliveryFault.ResourceInUse);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        channel.Status.ShouldBe(ChannelStatus.Active);
        channel.Destination.CloudWatchLogging.ShouldBe(new CloudWatchLogging(true, $"/aws/kinesis/channel/{channel.Id}", "DestinationDelivery"));
        await DeliveryRig.PutDataAsync(data, "a");
        await rig.RunUntilAsync(() => channel.Stream.Progress!.DeliveredRecords == 1);
    }

    [Fact]
    public async Task A_stream_with_a_channel_is_not_deleted()
    {
        await using var rig = await DeliveryRig.StartAsync();
        await CreateSourceAsync(rig);
        var channel = await CreateAsync(rig);
        (await Should.ThrowAsync<StreamsException>(() => rig.Streams.DeleteAsync(DeliveryRig.Scope, "source"))).Fault.ShouldBe(StreamsFault.ResourceInUse);
        await rig.RestartAsync();
        (await Should.ThrowAsync<StreamsException>(() => rig.Streams.DeleteAsync(DeliveryRig.Scope, "source"))).Message.ShouldContain(channel.Arn);

        await rig.Delivery.DeleteChannelAsync(DeliveryRig.Scope, channel.Arn);
        await rig.RunUntilAsync(() => !rig.Delivery.ChannelsOf(DeliveryRig.Scope).Any());

        await rig.Streams.DeleteAsync(DeliveryRig.Scope, "source");
        rig.Rows().ShouldBe(0);
    }

    [Fact]
    public async Task Channels_and_delivery_streams_have_names_of_their_own()
    {
        await using var rig = await DeliveryRig.StartAsync();
        await CreateSourceAsync(rig);
        await rig.CreateAsync("channel");
        await CreateAsync(rig);

        rig.Delivery.List(DeliveryRig.Scope, null, null, 10).Names.ShouldBe(["channel"]);
        rig.Delivery.ChannelsOf(DeliveryRig.Scope).Select(channel => channel.Name).ShouldBe(["channel"]);
        (await Should.ThrowAsync<DeliveryException>(() => CreateAsync(rig))).Fault.ShouldBe(DeliveryFault.ResourceInUse);
    }

    private static async Task<DataStream> CreateSourceAsync(DeliveryRig rig)
    {
        var stream = await rig.Streams.CreateAsync(DeliveryRig.Scope, new NewStream("source", StreamMode.OnDemand, null));
        await Poll.UntilAsync(() => stream.Status == StreamStatus.Active, () => rig.Time.Advance(TimeSpan.FromMilliseconds(100)));
        return stream;
    }

    private static async Task<Channel> CreateAsync(DeliveryRig rig, Func<ChannelDefinition, ChannelDefinition>? adjust = null)
    {
        var definition = new ChannelDefinition
        {
            Name = "channel",
            RoleArn = "arn:aws:iam::000000000000:role/channel",
            StreamArn = "arn:aws:kinesis:us-east-1:000000000000:stream/source",
            BucketArn = $"arn:aws:s3:::{DeliveryRig.Bucket}",
            BucketOwner = "000000000000",
            FreshnessSeconds = 1,
        };
        var channel = await rig.Delivery.CreateChannelAsync(DeliveryRig.Scope, adjust?.Invoke(definition) ?? definition);
        channel.Status.ShouldBe(ChannelStatus.Creating);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        channel.Status.ShouldBe(ChannelStatus.Active);
        return channel;
    }
}
