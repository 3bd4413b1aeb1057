namespace Headrace.Cli.Tests.Buckets;

public sealed class BucketsCommandTests
{
    [Fact]
    public async Task Objects_go_up_across_and_down_again()
    {
        await using var server = await RunningServer.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.File("hello.txt", "hello, wörld");
        await server.RunAsync(0, ["buckets", "create", "lake"]);
        (await server.RunAsync(0, ["buckets", "list"])).Output.ShouldEndWith("  lake\n");
        await server.RunAsync(0, ["buckets", "cp", file, "s3://lake/in/"]);
        await server.RunAsync(0, ["buckets", "cp", "s3://lake/in/hello.txt", "s3://lake/out/again.txt"]);
        (await server.RunAsync(0, ["buckets", "cat", "s3://lake/out/again.txt"])).Output.ShouldBe("hello, wörld");
        await server.RunAsync(0, ["buckets", "cp", "s3://lake/out/again.txt", folder.Path]);
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "again.txt"))).ShouldBe("hello, wörld");
        (await server.RunAsync(0, ["buckets", "ls", "s3://lake/in/"])).OutputLines.ShouldHaveSingleItem().ShouldEndWith("13 in/hello.txt");
        await server.RunAsync(0, ["buckets", "rm", "s3://lake/in/hello.txt"]);
        (await server.RunAsync(0, ["buckets", "ls", "s3://lake", "--output", "json"])).OutputLines.ShouldHaveSingleItem().ShouldContain("\"key\":\"out/again.txt\"");
        (await server.RunAsync(1, ["buckets", "delete", "lake"])).Error.ShouldContain("--force");
        await server.RunAsync(0, ["buckets", "delete", "lake", "--force"]);
        (await server.RunAsync(0, ["buckets", "list"])).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_one_clear_line()
    {
        await using var server = await RunningServer.StartAsync();
        using var folder = new TemporaryFolder();
        await server.RunAsync(0, ["buckets", "create", "lake"]);
        foreach (var args in new string[][]
        {
            ["buckets", "cat", "s3://lake/nothing"],
            ["buckets", "ls", "s3://nowhere"],
            ["buckets", "cp", Path.Combine(folder.Path, "nothing"), "s3://lake/x"],
            ["buckets", "cp", "s3://lake/nothing", Path.Combine(folder.Path, "x")],
            ["buckets", "delete", "nowhere"],
        })
        {
            var run = await server.RunAsync(1, args);
            run.Error.ShouldStartWith("headrace: ");
            run.Error.TrimEnd().ShouldNotContain('\n');
        }
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}
