using Headrace.Client;
using Xunit;

namespace Headrace.Examples.Tested;

/// <summary>A program's own producing and consuming, against a real server.</summary>
public sealed class OrdersTests(InProcessServer server) : IClassFixture<InProcessServer>
{
    [Fact]
    public async Task An_order_arrives()
    {
        using var kinesis = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint });
        await kinesis.CreateStreamAsync("orders", shardCount: 1, TestContext.Current.CancellationToken);
        await kinesis.WaitUntilActiveAsync("orders", TestContext.Current.CancellationToken);
        await using var producer = new Producer(kinesis, "orders");
        var written = await producer.ProduceAsync("""{"id":1}"""u8.ToArray(), "customer-7", TestContext.Current.CancellationToken);

        await foreach (var record in new Consumer(kinesis, "orders", new ConsumerOptions { Follow = false }).ReadAsync(TestContext.Current.CancellationToken))
            Assert.Equal((written.SequenceNumber, "customer-7"), (record.SequenceNumber, record.PartitionKey));
    }
}
