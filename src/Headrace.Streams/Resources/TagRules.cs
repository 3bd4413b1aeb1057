using System.Text.RegularExpressions;
using Headrace.ControlPlane;

namespace Headrace.Streams.Resources;

/// <summary>What tags may be made of.</summary>
internal static partial class TagRules
{
    private const string Reserved = "aws:";

    /// <param name="resource">What gets the tags, such as <c>stream NAME</c>.</param>
    /// <param name="scope">Whose it is.</param>
    /// <param name="tags">The tags to add.</param>
    /// <exception cref="StreamsException">InvalidArgument.</exception>
    public static void Check(string resource, AccountScope scope, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        CheckCharacters($"add tags to {resource}", scope, tags.SelectMany(tag => new[] { tag.Key, tag.Value }));
        if (tags.Any(tag => tag.Key.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase)))
            throw new StreamsException(StreamsFault.InvalidArgument, $"Failed to add tags to {resource} under account {scope.AccountId} because tag keys that begin with {Reserved} are reserved.");
    }

    /// <summary>Checks the keys of tags that are to be removed.</summary>
    /// <exception cref="StreamsException">InvalidArgument.</exception>
    public static void CheckKeys(string resource, AccountScope scope, IReadOnlyList<string> keys) => CheckCharacters($"remove tags from {resource}", scope, keys);

    private static void CheckCharacters(string deed, AccountScope scope, IEnumerable<string> texts)
    {
        if (texts.Any(NotAllowed().IsMatch))
            throw new StreamsException(StreamsFault.InvalidArgument, "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.");
        if (texts.Any(text => text.Contains('%', StringComparison.Ordinal)))
        {
            throw new StreamsException(
                StreamsFault.InvalidArgument,
                $"Failed to {deed} under account {scope.AccountId} because some tags contained illegal characters. " +
                "The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.");
        }
    }

    /// <summary>A resource has no more tags than it may have.</summary>
    /// <exception cref="StreamsException">InvalidArgument.</exception>
    public static void RequireRoom(string resource, AccountScope scope, IEnumerable<string> keys)
    {
        if (keys.Count() > StreamLimits.MaxTags)
        {
            throw new StreamsException(
                StreamsFault.InvalidArgument,
                $"Failed to add tags to {resource} under account {scope.AccountId} because a given {resource.Split(' ')[0]} cannot have more than {StreamLimits.MaxTags} tags associated with it.");
        }
    }

    /// <summary>A colon is allowed too, as everywhere in AWS, though the message does not say so.</summary>
    [GeneratedRegex(@"[^\p{L}\p{M}\p{N} _.:/=+\-%@]", RegexOptions.CultureInvariant)]
    private static partial Regex NotAllowed();
}
