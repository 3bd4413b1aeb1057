using System.Globalization;
using Headrace.Cli.CommandLine;
using Headrace.Client;

namespace Headrace.Cli.Consume;

/// <summary>Where a group's progress is kept: <c>--checkpoint file:PATH</c>, otherwise in the user's state folder.</summary>
internal static class GroupProgress
{
    private const string FileScheme = "file:";

    /// <summary>
    /// The file of <paramref name="group"/> on <paramref name="stream"/>. It is named after the server and the stream's creation too:
    /// a stream that was deleted and made again has other sequence numbers, and is read from its beginning.
    /// </summary>
    /// <exception cref="UsageException">The checkpoint's scheme is not known, or the group's name cannot be a file's.</exception>
    public static string PathOf(string group, StreamSummary stream, Uri endpoint, string? checkpoint, Func<string, string?> variable)
    {
        if (checkpoint is not null)
        {
            return checkpoint.StartsWith(FileScheme, StringComparison.Ordinal) && checkpoint.Length > FileScheme.Length
                ? checkpoint[FileScheme.Length..]
                : throw new UsageException($"--checkpoint must be file:PATH, not '{checkpoint}'");
        }
        if (group.Length == 0 || group.StartsWith('.') || group.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.')))
            throw new UsageException($"--group must be letters, digits, '-', '_' and '.', not '{group}'");
        var home = variable("XDG_STATE_HOME") ?? Path.Combine(variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        var created = stream.CreatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return Path.Combine(home, "headrace", $"{endpoint.Host}-{endpoint.Port}", $"{stream.Name}-{created}", $"{group}.json");
    }
}
