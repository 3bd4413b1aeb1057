namespace Headrace.Protocol.Cbor;

/// <summary>What an item of CBOR is. Tags are no items of their own: they are read over.</summary>
public enum CborToken
{
    None,
    Unsigned,
    Negative,
    Bytes,
    Text,
    Array,
    Map,
    False,
    True,
    Null,
    Float,
    Break,
}
