namespace Headrace.Delivery;

/// <summary>Where a delivery stream is in its life.</summary>
public enum DeliveryStreamStatus
{
    Creating,
    Active,
    Deleting,
}
