using System.Text.RegularExpressions;

namespace Headrace.Architecture.Tests;

/// <summary>How sources are laid out: the next person finds a place by its name, and a file fits in the head.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 320;

    private static readonly string[] Vague = ["Common", "Utils", "Util", "Utilities", "Helpers", "Helper", "Managers", "Manager", "Misc", "Interfaces", "Impl"];

    [Fact]
    public void AFileFitsInTheHead() =>
        Sources().Where(path => File.ReadLines(Path.Combine(Repository.Root, path)).Count() > MaxLines).ShouldBeEmpty();

    [Fact]
    public void NamesSayWhatThingsAre() =>
        Sources().Where(path => path.Split('/').Any(part => Vague.Any(word => Path.GetFileNameWithoutExtension(part).EndsWith(word, StringComparison.Ordinal)))).ShouldBeEmpty();

    [Fact]
    public void ANamespaceIsTheFolder() =>
        Sources().Where(path => NamespaceOf(path) is { } name && !FolderOf(path).StartsWith(name, StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void NothingIsLeftForLater() =>
        Sources().Where(path => Later().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, path)))).ShouldBeEmpty();

    [Fact]
    public void FlushesThatHideFailuresAreBanned()
    {
        var banned = File.ReadAllText(Path.Combine(Repository.Root, "BannedSymbols.txt"));
        banned.ShouldContain("RandomAccess.FlushToDisk");
        banned.ShouldContain("FileStream.Flush(System.Boolean)");
    }

    private static IEnumerable<string> Sources() => Repository.Sources("src").Concat(Repository.Sources("tests"));

    private static string? NamespaceOf(string path) =>
        File.ReadLines(Path.Combine(Repository.Root, path)).Select(line => NamespaceLine().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value;

    /// <summary>A namespace may be that of a folder further up: a library's public types share one.</summary>
    private static string FolderOf(string path) => string.Join('.', path.Split('/')[1..^1]);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"//.*\b(TO" + "DO|FIX" + "ME|HA" + @"CK)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Later();
}
