using Headrace.Delivery;
using Headrace.Server.AwsCbor;
using Headrace.Server.AwsJson;
using Headrace.Server.Kinesis.Accounts;
using Headrace.Server.Kinesis.Channels;
using Headrace.Server.Kinesis.Consumers;
using Headrace.Server.Kinesis.Producers;
using Headrace.Server.Kinesis.Resources;
using Headrace.Server.Kinesis.Settings;
using Headrace.ShardLog;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Kinesis Data Streams on the wire: its operations, and AWS's words for the domain's faults.</summary>
internal static class KinesisService
{
    // 500 records of 10 MiB in all, in Base64, with keys and JSON around them.
    private const int MaxBodyBytes = 16 << 20;

    /// <summary>The members of all shapes of the API that are bytes, times or maps.</summary>
    public static readonly WireMembers CborMembers = new(
        blobs: ["Data"],
        timestamps:
        [
            "ApproximateArrivalTimestamp",
            "ChannelCreationTimestamp",
            "ConsumerCreationTimestamp",
            "EarliestAllowedEndAt",
            "EndedAt",
            "StartedAt",
            "StreamCreationTimestamp",
            "Timestamp",
        ],
        maps: ["Tags"]);

    public static AwsJsonService Create(StreamCatalog streams, DeliveryService delivery, bool enforcePolicies = false, bool enforceLimits = false) =>
        new("Kinesis_20131202", MaxBodyBytes, Translate, enforceLimits ? Rated(streams, delivery) : All(streams, delivery))
        {
            CborMembers = CborMembers,
            Access = enforcePolicies ? new ResourceAccess(streams) : null,
        };

    private static IEnumerable<IAwsJsonOperation> Rated(StreamCatalog streams, DeliveryService delivery) =>
        All(streams, delivery).Select(operation => StreamCatalog.IsRated(operation.Name) ? new RatedOperation(operation, streams) : operation);

    private static IAwsJsonOperation[] All(StreamCatalog streams, DeliveryService delivery) =>
    [
        new AddTagsToStream(streams),
        new CreateChannel(delivery),
        new CreateStream(streams),
        new DecreaseStreamRetentionPeriod(streams),
        new DeleteChannel(delivery),
        new DeleteResourcePolicy(streams),
        new DeleteStream(streams),
        new DeregisterStreamConsumer(streams),
        new DescribeAccountSettings(streams),
        new DescribeChannel(delivery),
        new DescribeLimits(streams),
        new DescribeProducer(streams),
        new DescribeStream(streams),
        new DescribeStreamConsumer(streams),
        new DescribeStreamSummary(streams),
        new DisableEnhancedMonitoring(streams),
        new EnableEnhancedMonitoring(streams),
        new GetRecords(streams),
        new GetResourcePolicy(streams),
        new GetShardIterator(streams),
        new IncreaseStreamRetentionPeriod(streams),
        new ListChannels(delivery, streams),
        new ListShards(streams),
        new ListStreamConsumers(streams),
        new ListStreams(streams),
        new ListTagsForResource(streams, delivery),
        new ListTagsForStream(streams),
        new MergeShards(streams),
        new PutRecord(streams),
        new PutRecords(streams),
        new PutResourcePolicy(streams),
        new RegisterStreamConsumer(streams),
        new RemoveTagsFromStream(streams),
        new SplitShard(streams),
        new StartStreamEncryption(streams),
        new StopStreamEncryption(streams),
        new SubscribeToShard(streams),
        new TagResource(streams, delivery),
        new UntagResource(streams, delivery),
        new UpdateAccountSettings(streams),
        new UpdateChannel(delivery),
        new UpdateMaxRecordSize(streams),
        new UpdateShardCount(streams),
        new UpdateStreamMode(streams),
        new UpdateStreamRecordDistributionStrategy(streams),
        new UpdateStreamWarmThroughput(streams),
    ];

    private static WireException? Translate(Exception failure) => failure switch
    {
        StreamsException streams => new WireException(400, TypeOf(streams.Fault), streams.Message),
        DeliveryException { Fault: DeliveryFault.Unavailable } delivery => new WireException(500, "InternalFailure", delivery.Message),
        DeliveryException delivery => new WireException(400, TypeOf(delivery.Fault), delivery.Message),
        LogUnavailableException { DiskFull: true } => new WireException(500, "InternalFailure", "The server's disk is full: nothing was written. Free some space and try again."),
        LogUnavailableException log => new WireException(500, "InternalFailure", $"The records could not be made durable and were not written: {log.Message}"),
        LogDamagedException => new WireException(500, "InternalFailure", "The records could not be read: bytes on the server's disk are damaged."),
        ObjectDisposedException => new WireException(503, "ServiceUnavailable", "The server is stopping."),
        _ => null,
    };

    private static string TypeOf(StreamsFault fault) => fault switch
    {
        StreamsFault.ResourceNotFound => "ResourceNotFoundException",
        StreamsFault.ResourceInUse => "ResourceInUseException",
        StreamsFault.LimitExceeded => "LimitExceededException",
        StreamsFault.InvalidArgument => "InvalidArgumentException",
        StreamsFault.Validation => "ValidationException",
        StreamsFault.AccessDenied => "AccessDeniedException",
        StreamsFault.ExpiredIterator => "ExpiredIteratorException",
        StreamsFault.ExpiredNextToken => "ExpiredNextTokenException",
        StreamsFault.ThroughputExceeded => "ProvisionedThroughputExceededException",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static string TypeOf(DeliveryFault fault) => fault switch
    {
        DeliveryFault.ResourceNotFound => "ResourceNotFoundException",
        DeliveryFault.ResourceInUse => "ResourceInUseException",
        DeliveryFault.LimitExceeded => "LimitExceededException",
        DeliveryFault.Validation => "ValidationException",
        DeliveryFault.InvalidArgument => "InvalidArgumentException",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
