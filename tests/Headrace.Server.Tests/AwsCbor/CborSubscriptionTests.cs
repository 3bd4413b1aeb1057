using System.Net;
using System.Net.Http.Headers;
using Headrace.Server.Tests.EventStream;

namespace Headrace.Server.Tests.AwsCbor;

public sealed class CborSubscriptionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Events_are_pushed_in_CBOR_to_who_subscribed_in_CBOR()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await server.CreateStreamAsync("pushed", 1);
        var summary = (await server.CborAsync("DescribeStreamSummary", ("StreamName", "pushed"))).In("StreamDescriptionSummary");
        var registered = (await server.CborAsync("RegisterStreamConsumer", ("StreamARN", summary.Members["StreamARN"]), ("ConsumerName", "c"))).In("Consumer");
        registered.Members["ConsumerCreationTimestamp"].ShouldBeOfType<DateTimeOffset>().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        var consumer = ("ConsumerARN", registered.Members["ConsumerARN"]);
        await Poll.UntilAsync(async () => (await server.CborAsync("DescribeStreamConsumer", consumer)).In("ConsumerDescription").Text("ConsumerStatus") == "ACTIVE");
        (await server.CborAsync("ListStreamConsumers", ("StreamARN", summary.Members["StreamARN"]))).List("Consumers").Single()["ConsumerName"].ShouldBe("c");
        var put = await server.CborAsync("PutRecord", ("StreamName", "pushed"), ("Data", new byte[] { 1, 2, 3 }), ("PartitionKey", "k"));

        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new ByteArrayContent(CborDocument.Encode(ServerFixtureCbor.Map(
                consumer, ("ShardId", "shardId-000000000000"), ("StartingPosition", ServerFixtureCbor.Map(("Type", "AT_TIMESTAMP"), ("Timestamp", summary.Members["StreamCreationTimestamp"])))))),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-cbor-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "Kinesis_20131202.SubscribeToShard");
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = await response.Content.ReadAsStreamAsync(deadline.Token);
        var first = await NextAsync(events, "initial-response", deadline.Token);
        first.ShouldBeEmpty();
        var pushed = await NextAsync(events, "SubscribeToShardEvent", deadline.Token);
        var record = pushed["Records"].ShouldBeOfType<List<object?>>().Single().ShouldBeOfType<Dictionary<string, object?>>();
        record["Data"].ShouldBe(new byte[] { 1, 2, 3 });
        record["PartitionKey"].ShouldBe("k");
        record["SequenceNumber"].ShouldBe(put.Members["SequenceNumber"]);
        record["ApproximateArrivalTimestamp"].ShouldBeOfType<DateTimeOffset>();
        pushed["ContinuationSequenceNumber"].ShouldBeOfType<string>();
        pushed["MillisBehindLatest"].ShouldBe(0L);

        await server.CborAsync("DeregisterStreamConsumer", consumer);
        (await NextAsync(events, "ResourceNotFoundException", deadline.Token))["message"].ShouldBeOfType<string>().ShouldContain("Consumer c");
    }

    private static async Task<Dictionary<string, object?>> NextAsync(Stream events, string kind, CancellationToken cancellation)
    {
        while (true)
        {
            var frame = (await ReceivedFrame.ReadAsync(events, cancellation)).ShouldNotBeNull();
            frame.Headers[":content-type"].ShouldBe("application/x-amz-cbor-1.1");
            var members = CborDocument.Decode(frame.Payload).ShouldBeOfType<Dictionary<string, object?>>();
            // An event without records says that the subscription lives.
            if (frame.Kind == "SubscribeToShardEvent" && kind != frame.Kind && members["Records"] is List<object?> { Count: 0 })
                continue;
            frame.Kind.ShouldBe(kind);
            return members;
        }
    }
}
