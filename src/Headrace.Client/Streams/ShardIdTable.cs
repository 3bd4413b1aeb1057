using System.Text;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>Keeps the texts of shard ids, which come with every record and are always the same few. Not thread-safe.</summary>
internal sealed class ShardIdTable
{
    private const int Slots = 256;

    private readonly (byte[]? Utf8, string Text)[] _known = new (byte[]?, string)[Slots];

    /// <summary>The text that the reader stands at.</summary>
    public string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
            return reader.GetString();
        return Read(reader.ValueSpan);
    }

    /// <summary>The text that these bytes are.</summary>
    public string Read(ReadOnlySpan<byte> utf8)
    {
        ref var slot = ref _known[SlotOf(utf8)];
        if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8))
            slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return slot.Text;
    }

    /// <summary>Shard ids differ in their last digits.</summary>
    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        var hash = 0;
        foreach (var digit in utf8[^Math.Min(3, utf8.Length)..])
            hash = (hash * 10) + (digit & 15);
        return hash % Slots;
    }
}
