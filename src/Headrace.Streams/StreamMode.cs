namespace Headrace.Streams;

/// <summary>Who chooses the number of shards.</summary>
public enum StreamMode
{
    Provisioned,
    OnDemand,
}
