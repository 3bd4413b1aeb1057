using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>Makes believable user sessions of the lab's shape: the same ones in the same order for the same seed. Not thread-safe.</summary>
public sealed class UserSessionGenerator(int seed)
{
    private static readonly string[] UsaCities =
        ["Washington", "New York", "Chicago", "Houston", "Phoenix", "Seattle", "Denver", "Boston", "Portland", "Austin", "Cañon City", "Peñasco"];

    private static readonly (string City, string Country)[] OtherCities =
    [
        ("Lima", "Peru"), ("Bogotá", "Colombia"), ("São Paulo", "Brazil"), ("México", "Mexico"), ("Toronto", "Canada"), ("Montréal", "Canada"),
        ("London", "United Kingdom"), ("Zürich", "Switzerland"), ("München", "Germany"), ("Köln", "Germany"), ("Paris", "France"), ("Málaga", "Spain"),
        ("Łódź", "Poland"), ("Malmö", "Sweden"), ("İzmir", "Türkiye"), ("Αθήνα", "Greece"), ("Київ", "Ukraine"), ("Nairobi", "Kenya"),
        ("القاهرة", "Egypt"), ("Mumbai", "India"), ("東京", "Japan"), ("大阪", "Japan"), ("서울", "South Korea"), ("Sydney", "Australia"),
    ];

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A seeded Random keeps its sequence over versions of .NET; only the unseeded one may change.
    private readonly Random _random = new(seed);
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private long _count;

    /// <summary>The next session. About four in ten are from the USA; a few write a quantity as a string, which the transform must take.</summary>
    public UserSession Next()
    {
        // The count makes ids unique, the random part spreads and varies them.
        var sessionId = $"{seed:x8}-{_count++:x8}-{_random.Next():x8}";
        var (city, country) = _random.Next(100) < 40
            ? (UsaCities[_random.Next(UsaCities.Length)], "USA")
            : OtherCities[_random.Next(OtherCities.Length)];
        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("session_id", sessionId);
            writer.WriteNumber("customer_number", _random.Next(1, 100_000));
            writer.WriteString("city", city);
            writer.WriteString("country", country);
            writer.WriteNumber("credit_limit", _random.Next(1, 100) * 500);
            WriteBrowseHistory(writer);
            writer.WriteEndObject();
        }
        return new UserSession(sessionId, _buffer.WrittenSpan.ToArray());
    }

    private void WriteBrowseHistory(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("browse_history");
        var products = new HashSet<int>();
        for (var i = _random.Next(0, 7); i >= 0; i--)
            products.Add(_random.Next(1, 500));
        foreach (var product in products.Order())
        {
            var quantity = _random.Next(1, 10);
            writer.WriteStartObject();
            writer.WriteString("product_code", $"Product{product}");
            if (_random.Next(25) == 0)
                writer.WriteString("quantity", quantity.ToString(System.Globalization.CultureInfo.InvariantCulture));
            else
                writer.WriteNumber("quantity", quantity);
            writer.WriteBoolean("in_shopping_cart", _random.Next(3) == 0);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
