namespace Headrace.Streams;

/// <summary>Where a stream is in its life.</summary>
public enum StreamStatus
{
    Creating,
    Active,
    Updating,
    Deleting,
}
