using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headrace.Pipelines;

/// <summary>A member compared with a text, such as <c>.country == "USA"</c>.</summary>
internal sealed partial class MemberComparison
{
    private readonly MemberPath _path;
    private readonly string _text;
    private readonly bool _isEqual;

    private MemberComparison(MemberPath path, string text, bool isEqual) => (_path, _text, _isEqual) = (path, text, isEqual);

    /// <summary>Null when the text is another kind of expression.</summary>
    public static MemberComparison? TryParse(string text)
    {
        var match = Plain().Match(text);
        return match.Success && MemberPath.TryParse(match.Groups["path"].Value) is { } path
            ? new MemberComparison(path, match.Groups["text"].Value, match.Groups["sign"].Value == "==")
            : null;
    }

    /// <summary>Compares as jq does. False where only jq knows what to say.</summary>
    public bool TryCompare(ReadOnlyMemory<byte> json, out bool isTrue)
    {
        isTrue = false;
        if (!_path.TryFind(json, out var value))
            return false;
        var isSame = false;
        if (value.Kind == JsonTokenType.String)
        {
            var reader = new Utf8JsonReader(value.Json.Span);
            reader.Read();
            isSame = reader.ValueTextEquals(_text);
        }
        isTrue = isSame == _isEqual;
        return true;
    }

    // Texts without quotes and backslashes stand for themselves.
    [GeneratedRegex("^(?<path>[^=!]+)(?<sign>==|!=)\\s*\"(?<text>[^\"\\\\]*)\"\\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();
}
