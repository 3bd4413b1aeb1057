using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headrace.Pipelines;

/// <summary>A path of plain members such as <c>.user.country</c>, found in a record without building anything.</summary>
internal sealed partial class MemberPath
{
    private readonly MemberScan _first;
    private readonly int _firstMember;
    private readonly (MemberScan Scan, int Member)[] _further;

    private MemberPath(byte[][] names, MemberScan first)
    {
        (_first, _firstMember) = (first, first.Add(names[0]));
        _further = [.. names.Skip(1).Select(name =>
        {
            var scan = new MemberScan();
            return (scan, scan.Add(name));
        })];
    }

    /// <summary>Null when the text is another kind of expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="records">Scans the records that are asked; whoever loads them there shares it with other expressions.</param>
    public static MemberPath? TryParse(string text, MemberScan records)
    {
        var match = Plain().Match(text);
        return match.Success ? new MemberPath([.. match.Groups["name"].Captures.Select(name => Encoding.UTF8.GetBytes(name.Value))], records) : null;
    }

    /// <summary>Finds the value, in the record that is loaded, as jq does: null where a member is missing. False where only jq knows what to say.</summary>
    public bool TryFind(out ExpressionValue value)
    {
        if (!_first.TryFind(_firstMember, out value))
            return false;
        foreach (var (scan, member) in _further)
        {
            if (value.Kind == JsonTokenType.Null)
                return true;
            scan.Load(value.Json);
            if (!scan.TryFind(member, out value))
                return false;
        }
        return true;
    }

    [GeneratedRegex(@"^\s*(\.(?<name>[A-Za-z_][A-Za-z0-9_]*))+\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();
}
