namespace Headrace.Streams;

/// <summary>A range of 128-bit hash keys, both ends included.</summary>
public readonly record struct HashKeyRange(UInt128 Start, UInt128 End)
{
    public bool Contains(UInt128 hashKey) => hashKey >= Start && hashKey <= End;
}
