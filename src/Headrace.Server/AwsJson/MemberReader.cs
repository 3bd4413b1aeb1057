using System.Globalization;
using System.Text;
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
    private const string NotNull = "Member must not be null";

    private readonly JsonElement _element;
    private readonly string _path;
    private readonly MemberFaults _faults;

    private readonly bool _hidesValues;

    private MemberReader(JsonElement element, string path, MemberFaults faults, bool hidesValues)
    {
        _hidesValues = hidesValues;
        _element = element;
        _path = path;
        _faults = faults;
    }

    public static MemberReader Root(JsonElement element, MemberOrder order) => new(element, "", new MemberFaults(order), hidesValues: false);

    /// <summary>All of it as it was given, in JSON.</summary>
    public string RawText => _element.GetRawText();

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
            throw TypeFaults.NotScalar(value, TypeFaults.String);
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
            throw TypeFaults.NotScalar(value, TypeFaults.Integer);
        // As AWS does: fractions are cut off, and what is beyond 32 bits is taken for their last.
        var number = (long)Math.Clamp(value.GetDouble(), int.MinValue, int.MaxValue);
        if (number < min)
            Fault(number.ToString(CultureInfo.InvariantCulture), PathOf(member), $"Member must have value greater than or equal to {min}");
        if (number > max)
            Fault(number.ToString(CultureInfo.InvariantCulture), PathOf(member), $"Member must have value less than or equal to {max}");
        return number;
    }

    public double? Double(string member, double min, double max)
    {
        if (!Find(member, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            throw TypeFaults.NotScalar(value, TypeFaults.Double);
        var number = value.GetDouble();
        if (number > max)
            Fault(value.GetRawText(), PathOf(member), $"Member must have value less than or equal to {max}");
        if (number < min)
            Fault(value.GetRawText(), PathOf(member), $"Member must have value greater than or equal to {min}");
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
            JsonValueKind.String when Parse(value.GetString()!) is { } parsed => parsed,
            _ => throw TypeFaults.NotScalar(value, TypeFaults.Boolean),
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
            throw TypeFaults.NotScalar(value, TypeFaults.Timestamp);
        const double latest = 253402300799;
        return DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(Math.Clamp(seconds, -62135596800, latest) * 1000));
    }

    /// <summary>Milliseconds since 1970.</summary>
    public DateTimeOffset? Milliseconds(string member)
    {
        if (!Find(member, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            throw TypeFaults.NotScalar(value, TypeFaults.Integer);
        const double latest = 253402300799999;
        return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(value.GetDouble(), 0, latest));
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
            throw TypeFaults.NotScalar(value, TypeFaults.Blob);
        if (!value.TryGetBytesFromBase64(out var bytes) || !Base64Text.IsStrict(Encoding.UTF8.GetBytes(value.GetString()!), bytes.Length))
            throw TypeFaults.NotBase64(value.GetString()!);
        if (bytes.Length > max)
            Fault($"java.nio.HeapByteBuffer[pos=0 lim={bytes.Length} cap={bytes.Length}]", PathOf(member), MemberFaults.AtMost(max));
        return bytes;
    }

    /// <param name="member">Its name.</param>
    /// <param name="required">True where it must be there.</param>
    /// <param name="hidesValues">True where faults in it don't show what was given.</param>
    public MemberReader? Structure(string member, bool required = false, bool hidesValues = false)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        if (value.ValueKind != JsonValueKind.Object)
            throw TypeFaults.NotStructure(value);
        return new MemberReader(value, PathOf(member), _faults, _hidesValues || hidesValues);
    }

    /// <summary>A list of structures.</summary>
    /// <param name="member">The member.</param>
    /// <param name="required">Whether its absence is a fault.</param>
    /// <param name="min">Fewest.</param>
    /// <param name="max">Most.</param>
    /// <param name="shown">How AWS's messages show one of them; null: like a map.</param>
    public IReadOnlyList<MemberReader>? Structures(string member, bool required = false, int min = 0, int max = int.MaxValue, Func<JsonElement, string>? shown = null)
    {
        if (!List(member, required, min, max, out var value, shown))
            return null;
        var items = new List<MemberReader>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var path = $"{PathOf(member)}.{index + 1}.member";
            if (item.ValueKind == JsonValueKind.Null)
                Fault(null, path, NotNull);
            else
                items.Add(item.ValueKind == JsonValueKind.Object ? new MemberReader(item, path, _faults, _hidesValues) : throw TypeFaults.NotStructure(item));
        }
        return items;
    }

    public IReadOnlyList<string>? Strings(string member, bool required = false, int min = 0, int max = int.MaxValue, int minLength = 0, int maxLength = int.MaxValue, IReadOnlyList<string>? oneOf = null, Regex? pattern = null)
    {
        if (!List(member, required, min, max, out var value))
            return null;
        var items = new List<string>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (item.ValueKind == JsonValueKind.Null)
                Fault(null, $"{PathOf(member)}.{index + 1}.member", NotNull);
            else
                items.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw TypeFaults.NotScalar(item, TypeFaults.String));
        }
        if (items.Exists(item => !IsWithin(item, minLength, maxLength, pattern)))
            Fault(MemberFaults.Shown(value), PathOf(member), MemberFaults.Each("Member", minLength, maxLength, pattern));
        if (oneOf is not null && items.Exists(item => !oneOf.Contains(item)))
            Fault(MemberFaults.Shown(value), PathOf(member), $"Member must satisfy constraint: [{MemberFaults.OneOf(oneOf)}]");
        return items;
    }

    /// <summary>A map of strings to strings, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Map(string member, bool required = false, int min = 0, int max = int.MaxValue, int maxKey = 128, int minValue = 0, int maxValue = 256, Regex? keyPattern = null, Regex? valuePattern = null)
    {
        if (!Find(member, out var value))
        {
            RequireIf(required, member);
            return null;
        }
        if (value.ValueKind != JsonValueKind.Object)
            throw TypeFaults.NotMap(value);
        var entries = new List<KeyValuePair<string, string>>();
        foreach (var entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Null)
                Fault(null, $"{PathOf(member)}.{entry.Name}.member", NotNull);
            else
                entries.Add(new(entry.Name, entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : throw TypeFaults.NotScalar(entry.Value, TypeFaults.String)));
        }
        CheckCount(member, value.EnumerateObject().Count(), min, max);
        if (entries.Exists(entry => !IsWithin(entry.Key, 1, maxKey, keyPattern)))
            Fault(MemberFaults.Shown(value), PathOf(member), MemberFaults.Each("Map keys", 1, maxKey, keyPattern));
        if (entries.Exists(entry => !IsWithin(entry.Value, minValue, maxValue, valuePattern)))
            Fault(MemberFaults.Shown(value), PathOf(member), MemberFaults.Each("Map value", minValue, maxValue, valuePattern));
        return entries;
    }

    /// <summary>Adds a fault of the service's own form to the collected ones.</summary>
    public void Fault(string? value, string path, string constraint) => _faults.Add(value, path, constraint, _hidesValues);

    /// <summary>Has <see cref="ThrowIfInvalid"/> say this where no constraint is broken.</summary>
    public void Refuse(WireException refusal) => _faults.Refuse(refusal);

    /// <exception cref="WireException">ValidationException naming every broken constraint, or what <see cref="Refuse"/> was given.</exception>
    public void ThrowIfInvalid() => _faults.ThrowIfAny();

    private bool Find(string member, out JsonElement value) =>
        _element.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null;

    private bool List(string member, bool required, int min, int max, out JsonElement value, Func<JsonElement, string>? shown = null)
    {
        if (!Find(member, out value))
        {
            RequireIf(required, member);
            return false;
        }
        if (value.ValueKind != JsonValueKind.Array)
            throw TypeFaults.NotList(value);
        CheckCount(member, value.GetArrayLength(), min, max, shown);
        return true;
    }

    private void CheckCount(string member, int count, int min, int max, Func<JsonElement, string>? shown = null)
    {
        if (count >= min && count <= max)
            return;
        var value = _element.GetProperty(member);
        var text = shown is null ? MemberFaults.Shown(value) : $"[{string.Join(", ", value.EnumerateArray().Select(shown))}]";
        Fault(text, PathOf(member), count < min ? MemberFaults.AtLeast(min) : MemberFaults.AtMost(max));
    }

    private void CheckString(string path, string text, int min, int max, Regex? pattern, IReadOnlyList<string>? oneOf)
    {
        var isMismatch = pattern is not null && !pattern.IsMatch(text);
        if (isMismatch && !_faults.TellsLengthFirst)
            Fault(text, path, MemberFaults.Matching(pattern!));
        if (text.Length < min)
            Fault(text, path, MemberFaults.AtLeast(min));
        if (text.Length > max)
            Fault(text, path, MemberFaults.AtMost(max));
        if (isMismatch && _faults.TellsLengthFirst)
            Fault(text, path, MemberFaults.Matching(pattern!));
        if (oneOf is not null && !oneOf.Contains(text))
            Fault(text, path, MemberFaults.OneOf(oneOf));
    }

    private static bool IsWithin(string text, int min, int max, Regex? pattern) => text.Length >= min && text.Length <= max && pattern?.IsMatch(text) != false;

    /// <summary>The texts that AWS takes for a boolean.</summary>
    private static bool? Parse(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => null,
    };

    private void RequireIf(bool required, string member)
    {
        if (required)
            Fault(null, PathOf(member), NotNull);
    }

    private string PathOf(string member)
    {
        var name = char.ToLowerInvariant(member[0]) + member[1..];
        return _path.Length == 0 ? name : $"{_path}.{name}";
    }
}
