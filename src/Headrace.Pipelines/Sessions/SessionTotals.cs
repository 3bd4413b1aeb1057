using System.Buffers.Text;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>What the lab's transform gathers of a session while it passes, member by member. It gives up on whatever is unusual.</summary>
internal struct SessionTotals
{
    private const int LongestId = 256;

    private bool _hasId;
    private bool _hasCountry;
    private bool _hasHistory;

    public long Quantity { get; private set; }

    public long InCart { get; private set; }

    public long Products { get; private set; }

    /// <summary>Everything was there that a session needs.</summary>
    public readonly bool IsComplete => _hasId && _hasCountry && _hasHistory;

    /// <summary>Reads a member's value, from its name on. False when this is no ordinary session.</summary>
    /// <param name="reader">At the name, and behind the value afterwards.</param>
    /// <param name="isAdded">The transform adds a member of this name, so the old one goes.</param>
    public bool TryTake(ref Utf8JsonReader reader, out bool isAdded)
    {
        var name = reader.ValueSpan;
        isAdded = name.SequenceEqual("processing_timestamp"u8) || name.SequenceEqual("overall_product_quantity"u8)
            || name.SequenceEqual("overall_in_shopping_cart"u8) || name.SequenceEqual("total_different_products"u8);
        var isId = name.SequenceEqual("session_id"u8);
        var isCountry = name.SequenceEqual("country"u8);
        var isHistory = name.SequenceEqual("browse_history"u8);
        reader.Read();
        if (isHistory)
            return _hasHistory = TryAdd(ref reader);
        if (isId)
            return _hasId = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.ValueSpan.Length is >= 1 and <= LongestId;
        if (isCountry)
            return _hasCountry = reader.TokenType == JsonTokenType.String;
        reader.Skip();
        return true;
    }

    private bool TryAdd(ref Utf8JsonReader reader)
    {
        (Quantity, InCart, Products) = (0, 0, 0);
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!TryAddProduct(ref reader))
                return false;
            Products++;
        }
        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool TryAddProduct(ref Utf8JsonReader reader)
    {
        long? quantity = null;
        bool? isInCart = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isQuantity = reader.ValueTextEquals("quantity"u8);
            var isCart = reader.ValueTextEquals("in_shopping_cart"u8);
            reader.Read();
            if (isQuantity)
                quantity = Number(reader);
            else if (isCart)
                isInCart = reader.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
            else
                reader.Skip();
            if ((isQuantity && quantity is null) || (isCart && isInCart is null))
                return false;
        }
        // No sum of numbers of this size leaves a 64-bit number's range within one record.
        if (quantity is not { } count || isInCart is not { } inCart || count is < -1_000_000_000 or > 1_000_000_000)
            return false;
        Quantity += count;
        InCart += inCart ? count : 0;
        return true;
    }

    private static long? Number(in Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out var number) ? number : null;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
            return null;
        return Utf8Parser.TryParse(reader.ValueSpan, out long parsed, out var consumed) && consumed == reader.ValueSpan.Length ? parsed : null;
    }
}
