namespace Headrace.Files.Tests;

public sealed class LocalDiskTests : IDisposable
{
    private static readonly LocalDisk Disk = LocalDisk.Instance;
    private readonly string _root = Directory.CreateTempSubdirectory("headrace-files-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void WhatIsWrittenAtAnOffsetIsReadThere()
    {
        using var file = Disk.Create(PathOf("a"));
        file.Write([1, 2, 3, 4], 0);
        file.Write([9], 6);
        file.Length.ShouldBe(7);
        var buffer = new byte[10];
        file.Read(buffer, 1).ShouldBe(6);
        buffer.Take(6).ShouldBe(new byte[] { 2, 3, 4, 0, 0, 9 });
        file.Read(buffer, 7).ShouldBe(0);
        file.Flush();
        file.ForgetCached();
        file.Read(buffer, 0).ShouldBe(7);
        file.SetLength(2);
        file.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(null)]
    // A file system in memory, which may know no direct writes: then the bytes go the usual way.
    [InlineData("/dev/shm")]
    public void DirectWritesAndOthersMakeOneFile(string? folder)
    {
        const int block = 4096;
        var path = folder is null ? PathOf("a") : Path.Combine(folder, $"headrace-{Guid.NewGuid():N}");
        var pinned = GC.AllocateUninitializedArray<byte>(4 * block, pinned: true);
        var origin = (int)(block - (System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) % block));
        var blocks = pinned.AsSpan(origin, 2 * block);
        Random.Shared.NextBytes(blocks);
        try
        {
            using var file = Disk.Create(path);
            file.Write(new byte[block], 0);
            file.WriteDirect(blocks, block);
            file.Write([1, 2, 3], 3 * block);
            file.Flush();
            var read = new byte[4 * block];
            file.Read(read, 0).ShouldBe((3 * block) + 3);
            read.AsSpan(block, 2 * block).SequenceEqual(blocks).ShouldBeTrue();
            read[3 * block].ShouldBe((byte)1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ReservingKeepsTheLength()
    {
        using var file = Disk.Create(PathOf("a"));
        file.Write([1], 0);
        file.Reserve(1 << 20);
        file.Length.ShouldBe(1);
    }

    [Fact]
    public void CreatingRefusesWhatExistsAndOpeningWhatDoesNot()
    {
        Disk.Create(PathOf("a")).Dispose();
        Should.Throw<IOException>(() => Disk.Create(PathOf("a")));
        Should.Throw<FileNotFoundException>(() => Disk.Open(PathOf("b"), writable: false));
        Should.Throw<UnauthorizedAccessException>(() =>
        {
            using var readOnly = Disk.Open(PathOf("a"), writable: false);
            readOnly.Write([1], 0);
        });
    }

    [Fact]
    public void DirectoriesAreMadeListedSyncedAndRemoved()
    {
        var deep = Path.Combine(_root, "x", "y");
        Disk.CreateDirectory(deep);
        Disk.CreateDirectory(deep);
        Disk.DirectoryExists(deep).ShouldBeTrue();
        Disk.Create(Path.Combine(deep, "b")).Dispose();
        Disk.Create(Path.Combine(deep, "B")).Dispose();
        Disk.SyncDirectory(deep);
        Disk.ListFiles(deep).ShouldBe(["B", "b"]);
        Disk.ListDirectories(_root).ShouldBe(["x"]);
        Disk.ListFiles(PathOf("nowhere")).ShouldBeEmpty();
        Disk.DeleteDirectory(Path.Combine(_root, "x"));
        Disk.DirectoryExists(deep).ShouldBeFalse();
        Disk.DeleteDirectory(Path.Combine(_root, "x"));
    }

    [Fact]
    public void RenamingReplacesAndDeletingIsDoneWhenNothingIsThere()
    {
        using (var file = Disk.Create(PathOf("new")))
            file.Write([7], 0);
        Disk.Create(PathOf("old")).Dispose();
        Disk.Rename(PathOf("new"), PathOf("old"));
        Disk.FileExists(PathOf("new")).ShouldBeFalse();
        using (var file = Disk.Open(PathOf("old"), writable: false))
            file.Length.ShouldBe(1);
        Disk.DeleteFile(PathOf("old"));
        Disk.DeleteFile(PathOf("old"));
        Disk.FileExists(PathOf("old")).ShouldBeFalse();
    }

    [Fact]
    public void ADirectoryThatIsNotThereCannotBeSynced() =>
        Should.Throw<DiskException>(() => Disk.SyncDirectory(PathOf("nowhere"))).ErrorNumber.ShouldBe(2);

    [Fact]
    public void AFullDiskIsRecognisedWhoeverSaysIt()
    {
        DiskException.MeansDiskFull(new DiskException("x", 28)).ShouldBeTrue();
        DiskException.MeansDiskFull(new DiskException("x", 5)).ShouldBeFalse();
        DiskException.MeansDiskFull(FullDevice()).ShouldBeTrue();
    }

    /// <summary>What .NET itself throws when a device has no room.</summary>
    private static IOException FullDevice()
    {
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        return Should.Throw<IOException>(() => RandomAccess.Write(full, new byte[10], 0));
    }

    private string PathOf(string name) => Path.Combine(_root, name);
}
