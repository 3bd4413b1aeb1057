using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headrace.Server.AwsJson;

/// <summary>The broken constraints of one request, collected as AWS does.</summary>
/// <param name="order">The order in which the service tells them.</param>
internal sealed class MemberFaults(MemberOrder order)
{
    /// <summary>AWS tells no more of them.</summary>
    private const int Most = 10;

    // In the order told, no more than are told: a request may break any number of constraints.
    private readonly List<(string Path, string Text)> _faults = [];
    private WireException? _refusal;

    public bool TellsLengthFirst => order.TellsLengthFirst;

    /// <param name="value">The value as AWS shows it; null: there is none.</param>
    /// <param name="path">The member, such as <c>records.1.member.data</c>.</param>
    /// <param name="constraint">What it should be.</param>
    /// <param name="isHidden">True where AWS doesn't show the value.</param>
    public void Add(string? value, string path, string constraint, bool isHidden = false)
    {
        var place = _faults.Count;
        while (place > 0 && order.Compare(_faults[place - 1].Path, path) > 0)
            place--;
        if (place == Most)
            return;
        if (_faults.Count == Most)
            _faults.RemoveAt(Most - 1);
        _faults.Insert(place, (path, $"Value {(isHidden ? "" : value is null ? "null " : $"'{value}' ")}at '{path}' failed to satisfy constraint: {constraint}"));
    }

    /// <summary>Keeps what is to be said where no constraint is broken; the first counts.</summary>
    public void Refuse(WireException refusal) => _refusal ??= refusal;

    /// <exception cref="WireException">ValidationException naming every broken constraint, or else the refusal.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
            throw WireException.Validation($"{_faults.Count} validation error{(_faults.Count == 1 ? "" : "s")} detected: {string.Join("; ", _faults.Select(fault => fault.Text))}");
        if (_refusal is not null)
            throw _refusal;
    }

    public static string AtLeast(int length) => $"Member must have length greater than or equal to {length}";

    public static string AtMost(int length) => $"Member must have length less than or equal to {length}";

    /// <summary>What holds for each of a list's items, or of a map's keys or values; AWS tells all of it, whichever part is broken.</summary>
    public static string Each(string what, int min, int max, Regex? pattern = null) =>
        $"{what} must satisfy constraint: [{AtMost(max)}, {AtLeast(min)}{(pattern is null ? "" : $", {Matching(pattern)}")}]";

    public static string OneOf(IReadOnlyList<string> values) => $"Member must satisfy enum value set: [{string.Join(", ", values)}]";

    /// <summary>Our expressions are anchored as <c>\A(?:…)\z</c>; messages show what is inside.</summary>
    public static string Matching(Regex pattern)
    {
        var text = pattern.ToString();
        var shown = text.StartsWith(@"\A(?:", StringComparison.Ordinal) && text.EndsWith(@")\z", StringComparison.Ordinal) ? text[5..^3] : text;
        return $"Member must satisfy regular expression pattern: {shown}";
    }

    /// <summary>A list or map as AWS's messages show it.</summary>
    public static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Shown))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}={Shown(member.Value)}"))}}}",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
