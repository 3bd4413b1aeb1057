using System.Text.RegularExpressions;

namespace Headrace.Architecture.Tests;

/// <summary>How sources are laid out: the next person finds a place by its name, and a file fits in the head.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 320;

    private static readonly string[] Vague = ["Common", "Utils", "Util", "Utilities", "Helpers", "Helper", "Managers", "Manager", "Misc", "Interfaces", "Impl"];

    // What users write against shares one namespace, however many folders its sources have; so do the requests and answers of each API.
    private static readonly string[] Libraries = ["Headrace.Client", "Headrace.Client.Kinesis", "Headrace.Client.Firehose", "Headrace.Pipelines"];

    [Fact]
    public void AFileFitsInTheHead() =>
        Sources().Where(path => File.ReadLines(Path.Combine(Repository.Root, path)).Count() > MaxLines).ShouldBeEmpty();

    [Fact]
    public void FilesAndFoldersSayWhatTheyHold() =>
        Sources().Where(path => path.Split('/').Any(part => IsVague(Path.GetFileNameWithoutExtension(part)))).ShouldBeEmpty();

    [Fact]
    public void TypesSayWhatTheyAre() =>
        Sources().SelectMany(path => TypeName().Matches(Text(path)).Select(match => match.Groups["name"].Value)).Where(IsVague).ShouldBeEmpty();

    [Fact]
    public void ANamespaceIsTheFolder() =>
        Sources().Where(path => !IsInPlace(path)).ShouldBeEmpty();

    [Fact]
    public void NothingIsLeftForLater() =>
        Sources().Where(path => Later().IsMatch(Text(path))).ShouldBeEmpty();

    private static IEnumerable<string> Sources() => Repository.Sources("src").Concat(Repository.Sources("tests")).Concat(Repository.Sources("bench"));

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static bool IsVague(string name) => Vague.Any(word => name.EndsWith(word, StringComparison.Ordinal));

    private static bool IsInPlace(string path)
    {
        var folders = path.Split('/')[1..^1];
        var match = NamespaceLine().Match(Text(path));
        if (!match.Success)
            return Path.GetFileName(path) == "Program.cs";
        var name = match.Groups["name"].Value;
        var place = string.Join('.', folders);
        return name == place || (place.StartsWith(name + ".", StringComparison.Ordinal) && Libraries.Contains(name, StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|delegate [\w<>?\[\]]+) (?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"//.*\b(TO" + "DO|FIX" + "ME|HA" + @"CK)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Later();
}
