namespace Headrace.Cli.Demo;

/// <summary>The demo's data folder: the user's own, which stays, or a temporary one, which is removed when disposed.</summary>
internal sealed class DemoData : IDisposable
{
    private readonly bool _isTemporary;

    private DemoData(string path, bool isTemporary)
    {
        Path = path;
        _isTemporary = isTemporary;
    }

    public string Path { get; }

    /// <summary>Where the ETL remembers how far it has come, over all runs on this folder.</summary>
    public string EtlProgressFile => System.IO.Path.Combine(Path, "demo", "etl.json");

    public static DemoData Open(string? path)
    {
        if (path is null)
            return new DemoData(Directory.CreateTempSubdirectory("headrace-demo-").FullName, isTemporary: true);
        return new DemoData(Directory.CreateDirectory(path).FullName, isTemporary: false);
    }

    /// <summary>Where this run's dead letters go; a name of its own, so that runs on one folder do not mix.</summary>
    public string NewDeadLetterFile()
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, "demo"));
        return System.IO.Path.Combine(folder.FullName, $"dead-letters-{Guid.NewGuid():N}.ndjson");
    }

    public void Dispose()
    {
        if (_isTemporary)
            Directory.Delete(Path, recursive: true);
    }
}
