using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Channels;

/// <summary>What a channel's objects are called, with its <c>!{variable}</c>s. Immutable.</summary>
internal sealed partial class KeyTemplate
{
    public const string Default = "kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}";

    // S3's limit, less the suffix that makes a key unique.
    private const int MaxExpanded = 986;
    private const string Extension = "extension";

    private readonly string _stem;
    private readonly string? _literalExtension;

    private KeyTemplate(string stem, string? literalExtension)
    {
        _stem = stem;
        _literalExtension = literalExtension;
    }

    /// <summary>Takes a template apart.</summary>
    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    public static KeyTemplate Parse(string text, bool isCompressed)
    {
        if (text.StartsWith('/'))
            throw Broken("it must not start with a slash");
        if (text.Contains("//", StringComparison.Ordinal))
            throw Broken("it must not contain consecutive slashes");
        if (text.Contains("..", StringComparison.Ordinal) || text.Split('/').Contains("."))
            throw Broken("it must not contain a path traversal");
        string? extension = null;
        foreach (Match match in Variable().Matches(text))
        {
            var name = match.Groups["name"].Value;
            if (IsExtension(name))
            {
                if (match.Index + match.Length != text.Length)
                    throw Broken("an extension must appear once, at its end");
                extension = name;
            }
            else if (Value(name, "", "", "", default) is null)
            {
                throw Broken($"!{{{name}}} is not a supported variable");
            }
        }
        if (Variable().Replace(text, "").AsSpan().IndexOfAny("{}:") >= 0)
            throw Broken("a variable is not closed, or braces and colons stand outside of one");
        if (isCompressed && extension is null)
            throw Broken("it must include an extension when compression is enabled");
        return extension is null
            ? new KeyTemplate(text, literalExtension: "")
            : new KeyTemplate(text[..^(extension.Length + "!{}".Length)], extension == Extension ? null : extension[(Extension.Length + 1)..]);
    }

    /// <summary>An object's key.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="streamName">The data stream that it reads.</param>
    /// <param name="compression">How the object is packed.</param>
    /// <param name="time">When its oldest record arrived.</param>
    /// <param name="unique">Tells it from all others.</param>
    public string KeyOf(ChannelSettings channel, string streamName, CompressionFormat compression, DateTimeOffset time, Guid unique) =>
        $"{Expand(channel.Name, channel.Id, streamName, time)}-{unique}{ExtensionOf(compression)}";

    /// <exception cref="DeliveryException">InvalidArgument: keys would be longer than S3 takes.</exception>
    public void CheckLength(ChannelSettings channel, string streamName, CompressionFormat compression)
    {
        if (Expand(channel.Name, channel.Id, streamName, DateTimeOffset.UnixEpoch).Length + ExtensionOf(compression).Length > MaxExpanded)
            throw Broken($"it must not exceed {MaxExpanded} characters once it is expanded");
    }

    private string Expand(string name, string id, string streamName, DateTimeOffset time)
    {
        var key = new StringBuilder();
        var end = 0;
        foreach (Match match in Variable().Matches(_stem))
        {
            key.Append(_stem, end, match.Index - end).Append(Value(match.Groups["name"].Value, name, id, streamName, time));
            end = match.Index + match.Length;
        }
        return key.Append(_stem, end, _stem.Length - end).ToString();
    }

    private string ExtensionOf(CompressionFormat compression) => _literalExtension ?? compression switch
    {
        CompressionFormat.Gzip => ".gz",
        CompressionFormat.Zstd => ".zst",
        _ => "",
    };

    private static bool IsExtension(string name) => name == Extension || LiteralExtension().IsMatch(name);

    private static string? Value(string variable, string name, string id, string streamName, DateTimeOffset time) => variable switch
    {
        "channel-name" => name,
        "channel-id" => id,
        "stream-name" => streamName,
        "yyyy" or "yy" or "MM" or "dd" or "HH" or "mm" => time.ToUniversalTime().ToString(variable, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static DeliveryException Broken(string rule) => DeliveryException.InvalidArgument($"OutputKeyTemplate is invalid: {rule}.");

    [GeneratedRegex(@"!\{(?<name>[^{}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\Aextension:\.[a-z.]+\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LiteralExtension();
}
