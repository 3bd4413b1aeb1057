using System.Security.Cryptography;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>s3cmd and rclone, as Debian ships them.</summary>
public sealed class BucketToolTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task S3cmd_puts_lists_syncs_signs_and_deletes()
    {
        using var folder = new TemporaryFolder();
        Task<string> S3cmdAsync(params string[] args) => RunAsync(
            folder, "/usr/bin/s3cmd",
            ["--config=/dev/null", "--access_key=x", "--secret_key=y", $"--host={server.Process.Endpoint.Authority}", "--host-bucket=", "--no-ssl", "--no-progress", .. args]);
        await S3cmdAsync("mb", "s3://s3cmd-files");
        // s3cmd uploads in parts from 15 MiB on.
        var large = Write(folder, "large.bin", 17_000_000);
        await S3cmdAsync("put", "large.bin", "s3://s3cmd-files/in/large.bin");
        await S3cmdAsync("get", "s3://s3cmd-files/in/large.bin", "back.bin");
        (await File.ReadAllBytesAsync(folder.At("back.bin"))).AsSpan().SequenceEqual(large).ShouldBeTrue();
        Directory.CreateDirectory(folder.At("tree/deep"));
        Write(folder, "tree/a b+ü.txt", 10);
        Write(folder, "tree/deep/c.txt", 20);
        await S3cmdAsync("sync", "tree/", "s3://s3cmd-files/tree/");
        (await S3cmdAsync("ls", "--recursive", "s3://s3cmd-files/tree/")).ShouldContain("s3://s3cmd-files/tree/a b+ü.txt");
        (await S3cmdAsync("info", "s3://s3cmd-files/tree/deep/c.txt")).ShouldContain("File size: 20");
        await S3cmdAsync("mv", "s3://s3cmd-files/tree/deep/c.txt", "s3://s3cmd-files/moved.txt");
        using var http = new HttpClient();
        var signed = (await S3cmdAsync("signurl", "s3://s3cmd-files/moved.txt", "+60")).Trim();
        (await http.GetByteArrayAsync(signed)).Length.ShouldBe(20);
        (await S3cmdAsync("info", "s3://s3cmd-files")).ShouldContain("Location:");
        await S3cmdAsync("rb", "--recursive", "--force", "s3://s3cmd-files");
    }

    [Fact]
    public async Task Rclone_copies_checks_and_purges()
    {
        using var folder = new TemporaryFolder();
        var remote = $":s3,provider=Other,access_key_id=x,secret_access_key=y,endpoint='{server.Process.Url}':";
        Task<string> RcloneAsync(params string[] args) => RunAsync(folder, "/usr/bin/rclone", ["--config", "/dev/null", .. args]);
        Directory.CreateDirectory(folder.At("tree/deep"));
        Write(folder, "tree/a b+ü.txt", 10);
        Write(folder, "tree/deep/c.bin", 6_000_000);
        await RcloneAsync("mkdir", remote + "rclone-files");
        await RcloneAsync("copy", "tree", remote + "rclone-files/t", "--s3-upload-cutoff", "5M", "--s3-chunk-size", "5M");
        await RcloneAsync("check", "tree", remote + "rclone-files/t", "--download");
        (await RcloneAsync("lsf", "-R", remote + "rclone-files")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["t/", "t/a b+ü.txt", "t/deep/", "t/deep/c.bin"], ignoreOrder: true);
        await RcloneAsync("moveto", remote + "rclone-files/t/deep/c.bin", remote + "rclone-files/moved.bin");
        await RcloneAsync("sync", remote + "rclone-files/t", "back");
        File.Exists(folder.At("back/deep/c.bin")).ShouldBeFalse();
        File.Exists(folder.At("back/a b+ü.txt")).ShouldBeTrue();
        await RcloneAsync("purge", remote + "rclone-files");
        (await RcloneAsync("lsf", remote)).ShouldNotContain("rclone-files");
    }

    private async Task<string> RunAsync(TemporaryFolder folder, string program, IEnumerable<string> args)
    {
        var run = await Tool.RunAsync(server.Process, folder.At("."), program, args);
        return run.ShouldHaveExited(0).Output;
    }

    private static byte[] Write(TemporaryFolder folder, string name, int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        File.WriteAllBytes(folder.At(name), bytes);
        return bytes;
    }
}
