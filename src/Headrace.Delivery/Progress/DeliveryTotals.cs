namespace Headrace.Delivery.Progress;

/// <summary>What a delivery stream has done since its creation.</summary>
/// <param name="Objects">Objects put.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Bytes">Bytes of their data, before compression.</param>
/// <param name="LostRecords">Records that the source dropped before they could be delivered.</param>
internal readonly record struct DeliveryTotals(long Objects, long Records, long Bytes, long LostRecords)
{
    public static DeliveryTotals operator +(DeliveryTotals left, DeliveryTotals right) =>
        new(left.Objects + right.Objects, left.Records + right.Records, left.Bytes + right.Bytes, left.LostRecords + right.LostRecords);
}
