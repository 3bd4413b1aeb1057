using Headrace.ControlPlane;
using Headrace.Delivery;
using Headrace.Streams;
using Headrace.Streams.Consumers;

namespace Headrace.Server.Metrics;

/// <summary>What a metric's values are told apart by, as CloudWatch names its dimensions.</summary>
internal static class MetricLabels
{
    public static KeyValuePair<string, object?>[] Of(DataStream stream) => [.. Of(stream.Scope), new("StreamName", stream.Name)];

    public static KeyValuePair<string, object?>[] Of(DataStream stream, Shard shard) => [.. Of(stream), new("ShardId", shard.Id)];

    public static KeyValuePair<string, object?>[] Of(StreamConsumer consumer) => [.. Of(consumer.Stream), new("ConsumerName", consumer.Name)];

    public static KeyValuePair<string, object?>[] Of(DeliveryStream stream) => [.. Of(stream.Scope), new("DeliveryStreamName", stream.Name)];

    public static KeyValuePair<string, object?>[] OfBucket(string bucket) => [new("BucketName", bucket)];

    private static KeyValuePair<string, object?>[] Of(AccountScope scope) => [new("AccountId", scope.AccountId), new("Region", scope.Region)];
}
