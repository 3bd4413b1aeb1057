using System.Text.RegularExpressions;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Client;

/// <summary>The operations that docs/compatibility.md has, which another test holds to be those that the server routes.</summary>
internal static partial class KnownOperations
{
    /// <param name="section">What the API's section begins with.</param>
    public static IEnumerable<string> Of(string section)
    {
        var page = File.ReadAllText(Path.Combine(BuiltCommand.RepositoryRoot, "docs", "compatibility.md")).ReplaceLineEndings("\n");
        var text = page.Split("\n## ").Single(part => part.StartsWith(section, StringComparison.Ordinal));
        return Line().Matches(text).SelectMany(line => line.Groups["names"].Value.Split(", ")).Where(name => name != "operation").Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<names>[A-Za-z]+(, [A-Za-z]+)*) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Line();
}
