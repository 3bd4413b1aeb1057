namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>A folder of one test, gone when it ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("headrace-e2e-").FullName;

    /// <summary>The path of a file or folder in it, which need not exist.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
