using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>The lab's transform for sessions that are not ordinary, and the reasons why some are none. Thread-safe.</summary>
internal sealed class UserSessionCheck(TimeProvider time)
{
    private static readonly HashSet<string> Added = new(StringComparer.Ordinal)
    {
        "processing_timestamp", "overall_product_quantity", "overall_in_shopping_cart", "total_different_products",
    };

    // Names of cities stay readable: the output is data in a file, never a part of a page.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="TransformException">The record is no user session.</exception>
    public void Transform(ReadOnlyMemory<byte> json, IBufferWriter<byte> output)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Transform(document.RootElement, output);
        }
        catch (JsonException e)
        {
            throw new TransformException($"not JSON: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // JSON's strings may hold bytes or surrogates that are no text; they show when they are read.
            throw new TransformException($"not valid text: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private void Transform(JsonElement session, IBufferWriter<byte> output)
    {
        if (session.ValueKind != JsonValueKind.Object)
            throw new TransformException($"a session is an object, not {Name(session)}");
        var sessionId = Text(session, "session_id");
        if (sessionId.Length is 0 or > 256)
            throw new TransformException("session_id must have 1 to 256 characters, since it is the partition key");
        Text(session, "country");
        var (quantity, inCart, products) = Totals(session);

        // Written whole or not at all: a member may turn out to be no text on the way.
        var whole = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(whole, Writing))
        {
            writer.WriteStartObject();
            foreach (var member in session.EnumerateObject().Where(member => !Added.Contains(member.Name)))
                member.WriteTo(writer);
            Span<byte> timestamp = stackalloc byte[40];
            writer.WriteString("processing_timestamp", timestamp[..UserSessionTransform.WriteTimestamp(time.GetUtcNow(), timestamp)]);
            writer.WriteNumber("overall_product_quantity", quantity);
            writer.WriteNumber("overall_in_shopping_cart", inCart);
            writer.WriteNumber("total_different_products", products);
            writer.WriteEndObject();
        }
        output.Write(whole.WrittenSpan);
    }

    private static (long Quantity, long InCart, int Products) Totals(JsonElement session)
    {
        if (!session.TryGetProperty("browse_history", out var history))
            throw new TransformException("browse_history is missing");
        if (history.ValueKind != JsonValueKind.Array)
            throw new TransformException($"browse_history must be an array, not {Name(history)}");
        long quantity = 0, inCart = 0;
        var index = 0;
        foreach (var product in history.EnumerateArray())
        {
            var where = $"browse_history[{index++}]";
            if (product.ValueKind != JsonValueKind.Object)
                throw new TransformException($"{where} must be an object, not {Name(product)}");
            var count = Quantity(product, where);
            try
            {
                quantity = checked(quantity + count);
                inCart = checked(inCart + (IsInCart(product, where) ? count : 0));
            }
            catch (OverflowException e)
            {
                throw new TransformException("the sum of the quantities is too large", e);
            }
        }
        return (quantity, inCart, index);
    }

    private static long Quantity(JsonElement product, string where)
    {
        if (!product.TryGetProperty("quantity", out var quantity))
            throw new TransformException($"{where}.quantity is missing");
        if (quantity.ValueKind == JsonValueKind.Number && quantity.TryGetInt64(out var number))
            return number;
        if (quantity.ValueKind == JsonValueKind.String
            && long.TryParse(quantity.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number))
            return number;
        throw new TransformException($"{where}.quantity must be an integer or a string holding one");
    }

    private static bool IsInCart(JsonElement product, string where)
    {
        if (!product.TryGetProperty("in_shopping_cart", out var inCart))
            throw new TransformException($"{where}.in_shopping_cart is missing");
        return inCart.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new TransformException($"{where}.in_shopping_cart must be true or false, not {Name(inCart)}"),
        };
    }

    private static string Text(JsonElement session, string name)
    {
        if (!session.TryGetProperty(name, out var member))
            throw new TransformException($"{name} is missing");
        return member.ValueKind == JsonValueKind.String
            ? member.GetString()!
            : throw new TransformException($"{name} must be a string, not {Name(member)}");
    }

    private static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
