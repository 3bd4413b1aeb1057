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

    /// <inheritdoc cref="MemberPath.TryParse"/>
    public static MemberComparison? TryParse(string text, MemberScan records)
    {
        var match = Plain().Match(text);
        return match.Success && MemberPath.TryParse(match.Groups["path"].Value, records) is { } path
            ? new MemberComparison(path, match.Groups["text"].Value, match.Groups["sign"].Value == "==")
            : null;
    }

    /// <summary>Compares, in the record that is loaded, as jq does. False where only jq knows what to say.</summary>
    public bool TryCompare(out bool isTrue)
    {
        isTrue = false;
        if (!_path.TryFind(out var value))
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
