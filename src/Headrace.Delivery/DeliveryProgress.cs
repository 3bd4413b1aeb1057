namespace Headrace.Delivery;

/// <summary>How a delivery stream's delivery goes, at one moment.</summary>
/// <param name="BufferedRecords">Records of the next object.</param>
/// <param name="BufferedBytes">Bytes of their data.</param>
/// <param name="OldestBuffered">When the oldest of them arrived; null when none is buffered.</param>
/// <param name="DeliveredObjects">Objects put since the creation.</param>
/// <param name="DeliveredRecords">Records in them.</param>
/// <param name="DeliveredBytes">Bytes of their data, before compression.</param>
/// <param name="LostRecords">Records that the source's retention dropped before they could be delivered.</param>
/// <param name="LastError">Why delivery stands still now; null when it runs.</param>
public sealed record DeliveryProgress(
    int BufferedRecords,
    long BufferedBytes,
    DateTimeOffset? OldestBuffered,
    long DeliveredObjects,
    long DeliveredRecords,
    long DeliveredBytes,
    long LostRecords,
    string? LastError);
