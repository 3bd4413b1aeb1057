namespace Headrace.Protocol.Cbor;

/// <summary>How much of an array or a map is still to come, as <see cref="CborTokenReader.TryReadNext"/> counts it.</summary>
public struct CborContainer(ulong left, bool indefinite)
{
    /// <summary>Items of the array, or pairs of the map; without meaning where it is indefinite.</summary>
    public ulong Left { get; set; } = left;

    /// <summary>Ends with a break.</summary>
    public bool Indefinite { get; } = indefinite;
}
