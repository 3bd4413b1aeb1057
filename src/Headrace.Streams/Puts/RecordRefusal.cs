namespace Headrace.Streams.Puts;

/// <summary>Why one record of a put was not taken. The numbers are on the disk, in the notes of puts: they never change.</summary>
public enum RecordRefusal
{
    None = 0,
    ThroughputExceeded = 1,
    InternalFailure = 2,
}
