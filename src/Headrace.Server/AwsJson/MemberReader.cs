using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headrace.Server.AwsJson;

/// <summary>
/// Reads a request's members as the service's model declares them: a wrong type is a SerializationException at once;
/// broken constraints are collected, as AWS does, and thrown together by <see cref="ThrowIfInvalid"/> as one
/// ValidationException. Call that before using what was read.
/// </summary>
internal sealed class MemberReader
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly List<string> _faults;

    private MemberReader(JsonElement element, string path, List<string> faults)
    {
        _element = element;
        _path = path;
        _faults = faults;
    }

    public static MemberReader Root(JsonElement element) => new(element, "", []);

    public bool Has(string member) => Find(member, out _);

    /// <summary>Names of all members given, for operations that refuse what they don't support.</summary>
    public IEnumerable<string> Names => _element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null).Select(member => member.Name);

    public string? String(string member, bool required = false, int min = 0, int max = int.MaxValue, Regex? pattern = null, IReadOnlyList<string>? oneOf = null)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        if (value.ValueKind != JsonValueKind.String)
            throw WrongType(value, "String");
        var text = value.GetString()!;
        CheckString(PathOf(member), text, min, max, pattern, oneOf);
        return text;
    }

    public long? Integer(string member, bool required = false, long min = long.MinValue, long max = long.MaxValue)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        if (value.ValueKind != JsonValueKind.Number)
            throw WrongType(value, "Integer");
        if (!value.TryGetInt64(out var number))
            number = (long)Math.Clamp(value.GetDouble(), int.MinValue, int.MaxValue);
        if (number < min)
            Fault(number.ToString(CultureInfo.InvariantCulture), PathOf(member), $"Member must have value greater than or equal to {min}");
        if (number > max)
            Fault(number.ToString(CultureInfo.InvariantCulture), PathOf(member), $"Member must have value less than or equal to {max}");
        return number;
    }

    public bool? Boolean(string member, bool required = false)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw WrongType(value, "Boolean"),
        };
    }

    /// <summary>Seconds since 1970, fractions allowed.</summary>
    public DateTimeOffset? Timestamp(string member, bool required = false)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds))
            throw WrongType(value, "Timestamp");
        const double latest = 253402300799;
        return DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(Math.Clamp(seconds, -62135596800, latest) * 1000));
    }

    /// <summary>Base64 text, decoded.</summary>
    public byte[]? Blob(string member, bool required = false, int max = int.MaxValue)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        if (value.ValueKind != JsonValueKind.String)
            throw WrongType(value, "Blob");
        if (!value.TryGetBytesFromBase64(out var bytes))
            throw WireException.Serialization("Base64 encoded length is expected a multiple of 4 bytes.");
        if (bytes.Length > max)
            Fault($"java.nio.HeapByteBuffer[pos=0 lim={bytes.Length} cap={bytes.Length}]", PathOf(member), $"Member must have length less than or equal to {max}");
        return bytes;
    }

    public MemberReader? Structure(string member, bool required = false)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        if (value.ValueKind != JsonValueKind.Object)
            throw WrongType(value, "structure");
        return new MemberReader(value, PathOf(member), _faults);
    }

    public IReadOnlyList<MemberReader>? Structures(string member, bool required = false, int min = 0, int max = int.MaxValue)
    {
        if (!List(member, required, min, max, out var value))
            return null;
        return value.EnumerateArray()
            .Select((item, index) => item.ValueKind == JsonValueKind.Object
                ? new MemberReader(item, $"{PathOf(member)}.{index + 1}.member", _faults)
                : throw WrongType(item, "structure"))
            .ToList();
    }

    public IReadOnlyList<string>? Strings(string member, bool required = false, int min = 0, int max = int.MaxValue, int minLength = 0, int maxLength = int.MaxValue, IReadOnlyList<string>? oneOf = null)
    {
        if (!List(member, required, min, max, out var value))
            return null;
        var items = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
                throw WrongType(item, "String");
            items.Add(item.GetString()!);
            CheckString($"{PathOf(member)}.{items.Count}.member", items[^1], minLength, maxLength, null, oneOf);
        }
        return items;
    }

    /// <summary>A map of strings to strings, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Map(string member, bool required = false, int min = 0, int max = int.MaxValue, int maxKey = 128, int maxValue = 256)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        if (value.ValueKind != JsonValueKind.Object)
            throw WrongType(value, "map");
        var entries = new List<KeyValuePair<string, string>>();
        foreach (var entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
                throw WrongType(entry.Value, "String");
            if (entry.Name.Length is 0 || entry.Name.Length > maxKey)
                Fault(entry.Name, PathOf(member), $"Map keys must satisfy constraint: [Member must have length less than or equal to {maxKey}, Member must have length greater than or equal to 1]");
            var text = entry.Value.GetString()!;
            if (text.Length > maxValue)
                Fault(text, $"{PathOf(member)}.{entry.Name}.member", $"Member must have length less than or equal to {maxValue}");
            entries.Add(new(entry.Name, text));
        }
        CheckCount(member, entries.Count, min, max);
        return entries;
    }

    /// <summary>Adds a fault of the service's own form to the collected ones.</summary>
    public void Fault(string? value, string path, string constraint) =>
        _faults.Add($"Value {(value is null ? "null" : $"'{value}'")} at '{path}' failed to satisfy constraint: {constraint}");

    /// <exception cref="WireException">ValidationException naming every broken constraint.</exception>
    public void ThrowIfInvalid()
    {
        if (_faults.Count > 0)
            throw WireException.Validation($"{_faults.Count} validation error{(_faults.Count == 1 ? "" : "s")} detected: {string.Join("; ", _faults)}");
    }

    private bool Find(string member, out JsonElement value) =>
        _element.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null;

    private bool List(string member, bool required, int min, int max, out JsonElement value)
    {
        if (!Find(member, out value))
        {
            RequireIf(required, member);
            return false;
        }
        if (value.ValueKind != JsonValueKind.Array)
            throw WrongType(value, "list");
        CheckCount(member, value.GetArrayLength(), min, max);
        return true;
    }

    private void CheckCount(string member, int count, int min, int max)
    {
        var shown = _element.GetProperty(member).GetRawText();
        if (count < min)
            Fault(shown, PathOf(member), $"Member must have length greater than or equal to {min}");
        if (count > max)
            Fault(shown, PathOf(member), $"Member must have length less than or equal to {max}");
    }

    private void CheckString(string path, string text, int min, int max, Regex? pattern, IReadOnlyList<string>? oneOf)
    {
        if (text.Length < min)
            Fault(text, path, $"Member must have length greater than or equal to {min}");
        if (text.Length > max)
            Fault(text, path, $"Member must have length less than or equal to {max}");
        if (pattern is not null && !pattern.IsMatch(text))
            Fault(text, path, $"Member must satisfy regular expression pattern: {Shown(pattern)}");
        if (oneOf is not null && !oneOf.Contains(text))
            Fault(text, path, $"Member must satisfy enum value set: [{string.Join(", ", oneOf)}]");
    }

    /// <summary>Our expressions are anchored as <c>\A(?:…)\z</c>; messages show what is inside.</summary>
    private static string Shown(Regex pattern)
    {
        var text = pattern.ToString();
        return text.StartsWith(@"\A(?:", StringComparison.Ordinal) && text.EndsWith(@")\z", StringComparison.Ordinal) ? text[5..^3] : text;
    }

    private void RequireIf(bool required, string member)
    {
        if (required)
            Fault(null, PathOf(member), "Member must not be null");
    }

    private string PathOf(string member)
    {
        var name = char.ToLowerInvariant(member[0]) + member[1..];
        return _path.Length == 0 ? name : $"{_path}.{name}";
    }

    private static WireException WrongType(JsonElement found, string expected) => WireException.Serialization(found.ValueKind switch
    {
        JsonValueKind.String => $"STRING_VALUE can not be converted to {Article(expected)}",
        JsonValueKind.Number when expected == "String" => "NUMBER_VALUE can not be converted to a String",
        JsonValueKind.Number => $"NUMBER_VALUE can not be converted to {Article(expected)}",
        JsonValueKind.True => $"TRUE_VALUE can not be converted to {Article(expected)}",
        JsonValueKind.False => $"FALSE_VALUE can not be converted to {Article(expected)}",
        JsonValueKind.Object => "Start of structure or map found where not expected.",
        _ => "Start of list found where not expected",
    });

    private static string Article(string type) => type is "Integer" ? $"an {type}" : $"a {type}";
}
