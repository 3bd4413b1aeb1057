namespace Headrace.Pipelines.Tests;

/// <summary>The repository's files that these tests use.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A folder of examples.</summary>
    public static string Example(string name) => Path.Combine(Root, "examples", name);

    /// <summary>Data of npm's vega-datasets, which ./test installs.</summary>
    public static string Data(string file) => Path.Combine(Root, "tests", "Headrace.EndToEnd.Tests", "clients", "node_modules", "vega-datasets", "data", file);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Headrace.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository.");
        return folder;
    }
}
