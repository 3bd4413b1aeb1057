using System.Text;
using Headrace.Client.Tests.Workers;

namespace Headrace.Client.Tests.Cbor;

/// <summary>Records in CBOR, as a server takes them, and as one does that knows JSON only.</summary>
public sealed class CborPutTests
{
    private static readonly PutRecordsEntry[] Records =
    [
        new(new byte[] { 0, 255, 128 }, "ключ \"1\""),
        new(Encoding.UTF8.GetBytes("text"), "k", "340282366920938463463374607431768211455"),
        new(new byte[70_000], new string('é', 256), "0"),
        new(new byte[1], "a"),
    ];

    [Fact]
    public async Task What_is_put_in_cbor_is_what_is_put_in_json()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 2);
        using var watch = new FormatWatch();
        using var cbor = Client(ground, watch);
        using var jsonWatch = new FormatWatch();
        using var json = new KinesisClient(new ClientOptions { EndpointUrl = ground.Client.Endpoint, UseCbor = false }, jsonWatch);

        var one = await cbor.PutRecordsAsync(WorkerGround.Stream, Records);
        var other = await json.PutRecordsAsync(WorkerGround.Stream, Records);

        watch.Formats.ShouldBe(["cbor"]);
        jsonWatch.Formats.ShouldBe(["json"]);
        one.Results.Select(record => record.ShardId).ShouldBe(other.Results.Select(record => record.ShardId));
        one.Results.ShouldAllBe(record => record.SequenceNumber!.Length == 56 && record.ErrorCode == null);
        var stored = await ReadAsync(ground);
        foreach (var (record, i) in Records.Select((record, i) => (record, i)))
        {
            foreach (var place in new[] { one.Results[i], other.Results[i] })
            {
                var (key, data) = stored[place.SequenceNumber!];
                key.ShouldBe(record.PartitionKey);
                data.ShouldBe(record.Data.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "p")]
    [InlineData(true, "p")]
    public async Task A_producer_puts_in_cbor(bool aggregate, string? name)
    {
        await using var ground = await WorkerGround.StartAsync(shards: 2);
        using var watch = new FormatWatch();
        using var client = Client(ground, watch);
        await ProduceAsync(client, new ProducerOptions { Aggregate = aggregate, Name = name });
        watch.Formats.ShouldNotBeEmpty();
        watch.Formats.ShouldAllBe(format => format == "cbor");
        (await ConsumeAsync(ground)).ShouldBe(Enumerable.Range(0, 300).Select(n => $"{n}"), ignoreOrder: true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("p")]
    public async Task A_server_that_knows_no_cbor_is_put_to_in_json_from_its_first_refusal_on(string? name)
    {
        await using var ground = await WorkerGround.StartAsync(shards: 2);
        using var watch = new FormatWatch(knowsCbor: false);
        using var client = Client(ground, watch);
        (await client.PutRecordsAsync(WorkerGround.Stream, [new(Encoding.UTF8.GetBytes("first"), "k")])).FailedRecordCount.ShouldBe(0);
        watch.Formats.ShouldBe(["cbor", "json"]);
        await ProduceAsync(client, new ProducerOptions { Name = name });
        watch.Formats.Skip(1).ShouldAllBe(format => format == "json");

        using var fresh = new FormatWatch(knowsCbor: false);
        using var freshClient = Client(ground, fresh);
        await ProduceAsync(freshClient, new ProducerOptions { Name = name is null ? null : "q" });
        fresh.Formats.Count(format => format == "cbor").ShouldBeGreaterThan(0);
        fresh.Formats[^1].ShouldBe("json");
        (await ConsumeAsync(ground)).ShouldBe(Enumerable.Range(0, 300).SelectMany(n => new[] { $"{n}", $"{n}" }).Append("first"), ignoreOrder: true);
    }

    [Fact]
    public async Task An_error_in_cbor_is_told_as_in_json()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        using var watch = new FormatWatch();
        using var client = Client(ground, watch);
        var missing = await Should.ThrowAsync<ResourceNotFoundException>(() => client.PutRecordsAsync("nowhere", Records));
        missing.Message.ShouldBe("Stream nowhere under account 000000000000 not found.");
        missing.RequestId.ShouldNotBeNull();
        await Should.ThrowAsync<ValidationException>(() => client.PutRecordsAsync(WorkerGround.Stream, []));
        watch.Formats.ShouldAllBe(format => format == "cbor");
    }

    /// <summary>Before its first call a lane knows of no refusal of CBOR, whatever else is refused.</summary>
    [Fact]
    public async Task What_is_refused_before_anything_is_put_is_not_tried_again_in_another_format()
    {
        var stub = new StubService((_, _) => StubService.Error("ResourceNotFoundException"));
        using var client = stub.Client(StubService.Options with { UseCbor = true });
        await using var producer = new Producer(client, "nowhere", new ProducerOptions { ShardRate = ShardRate.Aws, RetryFor = TimeSpan.FromMinutes(10) });
        var produced = await producer.EnqueueAsync(new byte[1], "k");
        await Should.ThrowAsync<ResourceNotFoundException>(() => produced.WaitAsync(TimeSpan.FromMinutes(2)));
        stub.Operations.ShouldBe(["ListShards"]);
    }

    private static KinesisClient Client(WorkerGround ground, FormatWatch watch) => new(new ClientOptions { EndpointUrl = ground.Client.Endpoint, UseCbor = true }, watch);

    private static async Task ProduceAsync(KinesisClient client, ProducerOptions options)
    {
        await using var producer = new Producer(client, WorkerGround.Stream, options);
        var produced = new List<Task<ProducedRecord>>();
        for (var n = 0; n < 300; n++)
        {
            var record = new PutRecordsEntry(Encoding.UTF8.GetBytes($"{n}"), $"key-{n % 7}");
            produced.Add(await (options.Name is null ? producer.EnqueueAsync(record) : producer.EnqueueAsync(record, n)));
        }
        await producer.FlushAsync();
        foreach (var record in await Task.WhenAll(produced))
            record.SequenceNumber.Length.ShouldBe(56);
    }

    private static async Task<List<string>> ConsumeAsync(WorkerGround ground)
    {
        var consumer = new Consumer(ground.Client, WorkerGround.Stream, new ConsumerOptions { Follow = false, Deaggregate = true });
        var read = new List<string>();
        await foreach (var record in consumer.ReadAsync())
            read.Add(Encoding.UTF8.GetString(record.Data.Span));
        return read;
    }

    private static async Task<Dictionary<string, (string Key, byte[] Data)>> ReadAsync(WorkerGround ground)
    {
        var consumer = new Consumer(ground.Client, WorkerGround.Stream, new ConsumerOptions { Follow = false });
        var read = new Dictionary<string, (string, byte[])>();
        await foreach (var record in consumer.ReadAsync())
            read.Add(record.SequenceNumber, (record.PartitionKey, record.Data.ToArray()));
        return read;
    }
}
