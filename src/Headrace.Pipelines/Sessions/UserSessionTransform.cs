using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>
/// The lab's transform. It keeps a session's members as they are and in order, and adds <c>processing_timestamp</c> (ISO 8601,
/// UTC), <c>overall_product_quantity</c>, <c>overall_in_shopping_cart</c> and <c>total_different_products</c>; members of these
/// names that were there already are replaced. Thread-safe.
/// </summary>
public sealed class UserSessionTransform(TimeProvider time) : ICodeTransform
{
    /// <summary>In the round-trip format, a seventh digit of the second's fraction is behind this.</summary>
    private const int MicrosecondsEnd = 26;

    // The added members with their longest numbers.
    private const int AddedBytes = 256;

    private readonly UserSessionCheck _check = new(time);

    /// <inheritdoc/>
    public bool Transform(ReadOnlyMemory<byte> json, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        // Ordinary sessions are copied in one pass; the other way is slower and knows what to say of the rest.
        if (!TryCopy(json.Span, output))
            _check.Transform(json, output);
        return true;
    }

    /// <summary>How the members that the transform adds write the time.</summary>
    internal static int WriteTimestamp(DateTimeOffset time, Span<byte> to)
    {
        if (!time.UtcDateTime.TryFormat(to, out _, "O", System.Globalization.CultureInfo.InvariantCulture))
            throw new InvalidOperationException("no room for a time");
        to[MicrosecondsEnd] = (byte)'Z';
        return MicrosecondsEnd + 1;
    }

    private bool TryCopy(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        // Blanks between members are left out of the result, since a record is a line.
        if (json.ContainsAny((byte)'\n', (byte)'\r', (byte)'\t'))
            return false;
        var target = output.GetSpan(json.Length + AddedBytes);
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            var totals = default(SessionTotals);
            var length = 0;
            target[length++] = (byte)'{';
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var start = (int)reader.TokenStartIndex;
                if (reader.ValueIsEscaped || !totals.TryTake(ref reader, out var isAdded))
                    return false;
                if (isAdded)
                    continue;
                var member = json[start..(int)reader.BytesConsumed];
                if (length > 1)
                    target[length++] = (byte)',';
                member.CopyTo(target[length..]);
                length += member.Length;
            }
            if (!totals.IsComplete || reader.Read())
                return false;
            length += Append(totals, target[length..]);
            output.Advance(length);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private int Append(in SessionTotals totals, Span<byte> to)
    {
        var length = Copy(",\"processing_timestamp\":\""u8, to);
        length += WriteTimestamp(time.GetUtcNow(), to[length..]);
        length += Copy("\",\"overall_product_quantity\":"u8, to[length..]);
        length += Number(totals.Quantity, to[length..]);
        length += Copy(",\"overall_in_shopping_cart\":"u8, to[length..]);
        length += Number(totals.InCart, to[length..]);
        length += Copy(",\"total_different_products\":"u8, to[length..]);
        length += Number(totals.Products, to[length..]);
        to[length++] = (byte)'}';
        return length;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        bytes.CopyTo(to);
        return bytes.Length;
    }

    private static int Number(long number, Span<byte> to) =>
        Utf8Formatter.TryFormat(number, to, out var written) ? written : throw new InvalidOperationException("no room for a number");
}
