namespace Headrace.Delivery;

/// <summary>The service's fixed numbers.</summary>
public static class DeliveryLimits
{
    /// <summary>Delivery streams of one account in one region.</summary>
    public const int MaxDeliveryStreams = 5000;

    /// <summary>Bytes of one record's data.</summary>
    public const int MaxRecordBytes = 1000 * 1024;

    public const int MaxBatchRecords = 500;

    /// <summary>Bytes of data in one PutRecordBatch.</summary>
    public const int MaxBatchBytes = 4 * 1024 * 1024;

    public const int MaxTags = 50;
}
