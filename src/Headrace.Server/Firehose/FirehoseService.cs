using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

/// <summary>Data Firehose on the wire: its operations, and AWS's words for the domain's faults.</summary>
internal static class FirehoseService
{
    // 500 records of 4 MiB in all, in Base64, with JSON around them.
    private const int MaxBodyBytes = 8 << 20;

    private static readonly string[] WideDestinations =
    [
        "extendedS3DestinationConfiguration",
        "extendedS3DestinationUpdate",
        "elasticsearchDestinationConfiguration",
        "amazonopensearchserviceDestinationConfiguration",
        "snowflakeDestinationConfiguration",
        "snowflakeDestinationUpdate",
    ];

    private static readonly NewMemberOrder Order = new();
    private static readonly NewMemberOrder WideOrder = new(["", .. WideDestinations]);

    public static AwsJsonService Create(DeliveryService delivery) => new("Firehose_20150804", MaxBodyBytes, Translate,
    [
        new CreateDeliveryStream(delivery),
        new DeleteDeliveryStream(delivery),
        new DescribeDeliveryStream(delivery),
        new ListDeliveryStreams(delivery),
        new ListTagsForDeliveryStream(delivery),
        new PutRecord(delivery),
        new PutRecordBatch(delivery),
        new StartDeliveryStreamEncryption(delivery),
        new StopDeliveryStreamEncryption(delivery),
        new TagDeliveryStream(delivery),
        new UntagDeliveryStream(delivery),
        new UpdateDestination(delivery),
    ])
    {
        OrderOf = operation => operation is nameof(CreateDeliveryStream) or nameof(UpdateDestination) ? WideOrder : Order,
    };

    private static WireException? Translate(Exception failure) => failure switch
    {
        DeliveryException { Fault: DeliveryFault.Unavailable } unavailable => new WireException(503, "ServiceUnavailableException", unavailable.Message),
        DeliveryException delivery => new WireException(400, TypeOf(delivery.Fault), delivery.Message),
        ObjectDisposedException => new WireException(503, "ServiceUnavailableException", "The server is stopping."),
        _ => null,
    };

    private static string TypeOf(DeliveryFault fault) => fault switch
    {
        DeliveryFault.ResourceNotFound => "ResourceNotFoundException",
        DeliveryFault.ResourceInUse => "ResourceInUseException",
        DeliveryFault.LimitExceeded => "LimitExceededException",
        DeliveryFault.ConcurrentModification => "ConcurrentModificationException",
        DeliveryFault.InvalidArgument or DeliveryFault.Validation => "InvalidArgumentException",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
