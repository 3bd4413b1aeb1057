namespace Headrace.Streams.Traffic;

/// <summary>The calls by which records go in and out, as far as they are counted each for itself.</summary>
public enum StreamCall
{
    PutRecord,
    PutRecords,
    GetRecords,
}
