using System.Globalization;
using System.Text;
using System.Text.Json;
using Headrace.ControlPlane;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue;

/// <summary>The members that Glue's operations have in common.</summary>
internal static class GlueMembers
{
    private const int MaxNameLength = 255;
    private const int MaxPage = 100;

    /// <summary>Whose catalog: the caller's account unless CatalogId names another.</summary>
    public static AccountScope ReadCatalog(MemberReader members, AwsJsonRequest request) =>
        members.String("CatalogId", min: 1, max: MaxNameLength) is { } account ? request.Scope with { AccountId = account } : request.Scope;

    public static string ReadName(MemberReader members, string member) => members.String(member, required: true, min: 1, max: MaxNameLength) ?? "";

    /// <summary>Reads which page of a list is asked for.</summary>
    /// <returns>After how many items it begins, and how many it has at most.</returns>
    public static (int Skip, int Take) ReadPage(MemberReader members)
    {
        var take = (int)(members.Integer("MaxResults", min: 1, max: MaxPage) ?? MaxPage);
        if (members.String("NextToken") is not { Length: > 0 } token)
            return (0, take);
        var text = new byte[token.Length];
        return Convert.TryFromBase64String(token, text, out var length) && int.TryParse(text.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var skip)
            ? (skip, take)
            : throw new WireException(400, "InvalidInputException", "The NextToken is not valid.");
    }

    /// <summary>Writes the items of a page, and where the next one begins.</summary>
    public static void WritePage<T>(Utf8JsonWriter writer, string member, IReadOnlyList<T> all, (int Skip, int Take) page, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(member);
        foreach (var item in all.Skip(page.Skip).Take(page.Take))
            write(writer, item);
        writer.WriteEndArray();
        if (page.Skip + page.Take < all.Count)
            writer.WriteString("NextToken", Convert.ToBase64String(Encoding.ASCII.GetBytes((page.Skip + page.Take).ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>Writes the members of what was given, its name in lower case.</summary>
    public static void WriteGiven(Utf8JsonWriter writer, string input, string name)
    {
        writer.WriteString("Name", name);
        using var document = JsonDocument.Parse(input);
        foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Name != "Name"))
            member.WriteTo(writer);
    }

    public static decimal Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;
}
