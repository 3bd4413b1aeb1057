namespace Headrace.Streams.Consumers;

/// <summary>Where a registered consumer is in its life.</summary>
public enum ConsumerStatus
{
    Creating,
    Active,
    Deleting,
}
