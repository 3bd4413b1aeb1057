namespace Headrace.Delivery;

/// <summary>Where a delivery stream's records come from.</summary>
public enum DeliveryStreamType
{
    /// <summary>From PutRecord and PutRecordBatch.</summary>
    DirectPut,

    /// <summary>From a data stream.</summary>
    KinesisStreamAsSource,

    /// <summary>From a data stream, by a channel.</summary>
    Channel,
}
