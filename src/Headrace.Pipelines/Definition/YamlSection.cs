using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Headrace.Pipelines;

/// <summary>One mapping of a pipeline file, read key by key; what nobody asked for is an error.</summary>
internal sealed class YamlSection(YamlMappingNode node, PipelineFileErrors errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public YamlMappingNode Node { get; } = node;

    public PipelineFileErrors Errors => errors;

    /// <summary>The keys as they are written, in order.</summary>
    public IEnumerable<(YamlScalarNode Key, YamlNode Value)> Members =>
        Node.Children.Where(member => member.Key is YamlScalarNode).Select(member => ((YamlScalarNode)member.Key, member.Value));

    /// <summary>The value of a key, or null where it is not given.</summary>
    public YamlNode? Find(string key)
    {
        _known.Add(key);
        return Members.FirstOrDefault(member => member.Key.Value == key).Value is { } value && !IsNull(value) ? value : null;
    }

    /// <summary>A key that must be there; an error is noted where it is not.</summary>
    public YamlNode? Require(string key)
    {
        var found = Find(key);
        if (found is null)
            errors.Add(Node, $"'{key}' is missing");
        return found;
    }

    public string? Text(string key) => Find(key) is { } value ? Text(value, key) : null;

    public string? RequireText(string key) => Require(key) is { } value ? Text(value, key) : null;

    public string? Text(YamlNode value, string what)
    {
        if (value is YamlScalarNode { Value: { Length: > 0 } text })
            return text;
        errors.Add(value, $"'{what}' must be a text");
        return null;
    }

    public int? Count(string key, int smallest, int largest)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= smallest && count <= largest)
            return count;
        errors.Add(Find(key)!, $"'{key}' must be a whole number from {smallest} to {largest}, not '{text}'");
        return null;
    }

    public bool? Flag(string key)
    {
        switch (Text(key))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            case var other:
                errors.Add(Find(key)!, $"'{key}' must be true or false, not '{other}'");
                return null;
        }
    }

    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (PipelineDuration.TryParse(text, out var duration))
            return duration;
        errors.Add(Find(key)!, $"'{key}' must be a time such as 500ms, 30s, 5m, 1h or 7d, not '{text}'");
        return null;
    }

    /// <summary>A list of texts, or one text alone.</summary>
    public IReadOnlyList<string> Texts(YamlNode value, string what)
    {
        if (value is not YamlSequenceNode list)
            return Text(value, what) is { } one ? [one] : [];
        if (list.Children.Count == 0)
            errors.Add(value, $"'{what}' is empty");
        return [.. list.Children.Select(child => Text(child, what)).OfType<string>()];
    }

    public YamlSection? Section(YamlNode value, string what)
    {
        if (value is YamlMappingNode mapping)
            return new YamlSection(mapping, errors);
        errors.Add(value, $"'{what}' must hold keys and values");
        return null;
    }

    /// <summary>Notes every key that nothing asked for.</summary>
    public void EndOfKeys()
    {
        foreach (var (key, _) in Members.Where(member => !_known.Contains(member.Key.Value!)))
            errors.Add(key, $"unknown key '{key.Value}'; known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        foreach (var key in Node.Children.Keys.Where(key => key is not YamlScalarNode))
            errors.Add(key, "a key must be a text");
    }

    private static bool IsNull(YamlNode value) => value is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "~" or "null" };
}
