namespace Headrace.Architecture.Tests;

/// <summary>The sources that these tests look at.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Our own C# files, with paths relative to the root.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"));

    /// <summary>What sets the analyzers: project files, properties and .editorconfig, with paths relative to the root.</summary>
    public static IEnumerable<string> Settings() =>
        new[] { "*.csproj", "*.props", "*.targets" }.SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(Root, "src"), pattern, SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Root, "*.props"))
            .Append(Path.Combine(Root, ".editorconfig"))
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"));

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Headrace.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository.");
        return folder;
    }
}
