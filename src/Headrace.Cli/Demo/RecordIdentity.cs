using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Headrace.Cli.Demo;

/// <summary>
/// Tells records apart across the transform: the content of a record without the members that the transform adds, whatever
/// their order, spacing and escapes. Two records with the same identity are interchangeable copies.
/// </summary>
/// <param name="SessionId">The record's <c>session_id</c>; empty when it has none.</param>
/// <param name="Content">Hash over the names and values that the producer wrote.</param>
internal readonly record struct RecordIdentity(string SessionId, UInt128 Content)
{
    private const string SessionIdMember = "session_id";

    /// <summary>The members that the lab's transform adds.</summary>
    public static IReadOnlyList<string> AddedMembers { get; } =
        ["processing_timestamp", "overall_product_quantity", "overall_in_shopping_cart", "total_different_products"];

    /// <exception cref="JsonException">The record is not JSON.</exception>
    public static RecordIdentity Of(ReadOnlyMemory<byte> record)
    {
        using var document = JsonDocument.Parse(record);
        return Of(document.RootElement);
    }

    public static RecordIdentity Of(JsonElement record)
    {
        try
        {
            return OfMembers(record);
        }
        catch (InvalidOperationException)
        {
            // A string in it is no text, such as half a surrogate pair; nobody can transform it, so its bytes stay as they are.
            return new RecordIdentity("", XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(record.GetRawText())));
        }
    }

    private static RecordIdentity OfMembers(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
            return new RecordIdentity("", HashOf(record));
        var content = UInt128.Zero;
        var sessionId = "";
        foreach (var member in record.EnumerateObject())
        {
            if (AddedMembers.Contains(member.Name))
                continue;
            if (member.Name == SessionIdMember && member.Value.ValueKind == JsonValueKind.String)
                sessionId = member.Value.GetString()!;
            // A sum does not care in which order the members come; a member counts as name and value together.
            content = unchecked(content + HashOf(member.Value, member.Name));
        }
        return new RecordIdentity(sessionId, content);
    }

    private static UInt128 HashOf(JsonElement value, string name = "")
    {
        var hash = new XxHash128();
        AppendText(hash, name);
        Append(hash, value);
        return hash.GetCurrentHashAsUInt128();
    }

    private static void Append(XxHash128 hash, JsonElement value)
    {
        hash.Append([(byte)value.ValueKind]);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    AppendText(hash, member.Name);
                    Append(hash, member.Value);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Append(hash, item);
                break;
            case JsonValueKind.String:
                AppendText(hash, value.GetString()!);
                break;
            default:
                AppendText(hash, value.GetRawText());
                break;
        }
        hash.Append([byte.MaxValue]);
    }

    private static void AppendText(XxHash128 hash, string text)
    {
        hash.Append(Encoding.UTF8.GetBytes(text));
        hash.Append([byte.MaxValue]);
    }
}
