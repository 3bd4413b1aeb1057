using System.Globalization;
using System.Text.Json;

namespace Headrace.Cli.Demo;

/// <summary>
/// The lab's transform as a check: works out from a delivered record what its added members should be. Written apart from
/// the ETL on purpose, so that a fault there is seen here.
/// </summary>
internal static class LabTransform
{
    public static bool IsApplied(JsonElement record)
    {
        if (!record.TryGetProperty("browse_history", out var history) || history.ValueKind != JsonValueKind.Array)
            return false;
        long quantity = 0;
        long inCart = 0;
        foreach (var product in history.EnumerateArray())
        {
            var bought = QuantityOf(product);
            quantity += bought;
            if (product.TryGetProperty("in_shopping_cart", out var cart) && cart.ValueKind == JsonValueKind.True)
                inCart += bought;
        }
        return Has(record, "overall_product_quantity", quantity)
            && Has(record, "overall_in_shopping_cart", inCart)
            && Has(record, "total_different_products", history.GetArrayLength())
            && record.TryGetProperty("processing_timestamp", out var time)
            && time.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
    }

    private static long QuantityOf(JsonElement product)
    {
        if (product.ValueKind != JsonValueKind.Object || !product.TryGetProperty("quantity", out var quantity))
            return 0;
        return quantity.ValueKind == JsonValueKind.String
            ? long.TryParse(quantity.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0
            : quantity.TryGetInt64(out var number) ? number : 0;
    }

    private static bool Has(JsonElement record, string name, long expected) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number == expected;
}
