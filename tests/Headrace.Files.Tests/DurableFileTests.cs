namespace Headrace.Files.Tests;

public sealed class DurableFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("headrace-files-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void TheFileIsReplacedAsAWholeAndNothingElseStays()
    {
        var path = Path.Combine(_root, "state", "pipeline.json");
        DurableFile.Replace(path, "the first content"u8);
        DurableFile.Replace(path, "another"u8);
        File.ReadAllText(path).ShouldBe("another");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public void WhatAnInterruptedReplacementLeftDoesNotHinder()
    {
        var path = Path.Combine(_root, "pipeline.json");
        File.WriteAllText(path, "old");
        File.WriteAllText(path + ".new", "half of something longer than what comes");
        DurableFile.Replace(path, "new"u8);
        File.ReadAllText(path).ShouldBe("new");
    }

    [Fact]
    public void ARefusalLeavesWhatWasThere()
    {
        var path = Path.Combine(_root, "pipeline.json");
        File.WriteAllText(path, "old");
        // A file can't be a folder.
        Should.Throw<IOException>(() => DurableFile.Replace(Path.Combine(path, "state.json"), "new"u8));
        File.ReadAllText(path).ShouldBe("old");
    }
}
