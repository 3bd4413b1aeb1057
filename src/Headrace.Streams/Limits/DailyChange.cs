namespace Headrace.Streams.Limits;

/// <summary>A change to a stream that may be made only so often in 24 hours.</summary>
internal enum DailyChange
{
    ShardCount,
    Encryption,
    Mode,
}
