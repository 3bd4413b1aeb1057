using System.Security.Cryptography;
using System.Text.Json;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>The AWS CLI's s3 and s3api commands.</summary>
public sealed class AwsCliS3Tests(AwsCliFixture aws) : IClassFixture<AwsCliFixture>
{
    [Fact]
    public async Task Files_go_up_and_down_as_they_are()
    {
        await aws.AwsAsync("s3", "mb", "s3://files");
        (await aws.AwsAsync("s3", "ls")).ShouldContain("files");
        var small = await WriteAsync("ein kleiner Gruß.txt", 12);
        // Above 8 MiB the CLI uploads in parts.
        var large = await WriteAsync("large.bin", 200_000_000);
        await aws.AwsAsync("s3", "cp", "--quiet", small, "s3://files/in/ein kleiner Gruß.txt");
        await aws.AwsAsync("s3", "cp", "--quiet", large, "s3://files/in/large.bin");
        await aws.AwsAsync("s3", "cp", "--quiet", "s3://files/in/large.bin", "s3://files/copy/large.bin");
        await aws.AwsAsync("s3", "cp", "--quiet", "s3://files/copy/large.bin", "down.bin");
        await aws.AwsAsync("s3", "cp", "--quiet", "s3://files/in/ein kleiner Gruß.txt", "down.txt");
        await SameAsync(large, "down.bin");
        await SameAsync(small, "down.txt");
        (await aws.AwsAsync("s3", "ls", "s3://files/in/")).ShouldContain("200000000 large.bin");
        await aws.AwsAsync("s3", "rm", "--quiet", "s3://files/in/large.bin");
        (await aws.TryAwsAsync("s3", "rb", "s3://files")).ShouldHaveExited(1).Error.ShouldContain("BucketNotEmpty");
        await aws.AwsAsync("s3", "rb", "--force", "s3://files");
        (await aws.TryAwsAsync("s3", "ls", "s3://files")).ShouldHaveExited(254).Error.ShouldContain("NoSuchBucket");
    }

    [Fact]
    public async Task A_folder_is_kept_in_step_both_ways()
    {
        await aws.AwsAsync("s3", "mb", "s3://mirror");
        Directory.CreateDirectory(aws.Folder.At("here/deep"));
        await WriteAsync("here/a.txt", 10);
        await WriteAsync("here/deep/b+c &%.txt", 20);
        (await aws.AwsAsync("s3", "sync", "here", "s3://mirror/there", "--no-progress")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        (await aws.AwsAsync("s3", "sync", "here", "s3://mirror/there", "--no-progress")).ShouldBeEmpty();
        await aws.AwsAsync("s3", "sync", "s3://mirror/there", "back", "--no-progress");
        await SameAsync(aws.Folder.At("here/deep/b+c &%.txt"), "back/deep/b+c &%.txt");
        File.Delete(aws.Folder.At("here/a.txt"));
        await aws.AwsAsync("s3", "sync", "here", "s3://mirror/there", "--delete", "--no-progress");
        (await aws.AwsAsync("s3", "ls", "s3://mirror", "--recursive")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Single().ShouldEndWith("there/deep/b+c &%.txt");
    }

    [Fact]
    public async Task A_folder_goes_up_moves_and_comes_down_whole()
    {
        await aws.AwsAsync("s3", "mb", "s3://trees");
        string[] names = ["leaf", "ein Blatt ü+%20.txt", "branch/&=?#.txt", "branch/twig/leaf"];
        Directory.CreateDirectory(aws.Folder.At("tree/branch/twig"));
        foreach (var name in names)
            await WriteAsync($"tree/{name}", 30);
        await aws.AwsAsync("s3", "cp", "--quiet", "--recursive", "tree", "s3://trees/up");
        await aws.AwsAsync("s3", "mv", "--quiet", "--recursive", "s3://trees/up", "s3://trees/moved");
        await aws.AwsAsync("s3", "cp", "--quiet", "--recursive", "s3://trees", "down");
        var found = Directory.EnumerateFiles(aws.Folder.At("down"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(aws.Folder.At("down"), path));
        found.ShouldBe(names.Select(name => $"moved/{name}"), ignoreOrder: true);
        foreach (var name in names)
            await SameAsync(aws.Folder.At($"tree/{name}"), $"down/moved/{name}");

        await aws.AwsAsync("s3", "rm", "--quiet", "--recursive", "s3://trees", "--exclude", "*", "--include", "moved/branch/*");
        KeysOf(await aws.JsonAsync("s3api", "list-objects-v2", "--bucket", "trees")).ShouldBe(["moved/ein Blatt ü+%20.txt", "moved/leaf"]);
        var signed = (await aws.AwsAsync("s3", "presign", "s3://trees/moved/ein Blatt ü+%20.txt")).Trim();
        using var http = new HttpClient();
        (await http.GetByteArrayAsync(signed)).ShouldBe(await File.ReadAllBytesAsync(aws.Folder.At("tree/ein Blatt ü+%20.txt")));
        await aws.AwsAsync("s3", "rm", "--quiet", "--recursive", "s3://trees");
        await aws.AwsAsync("s3", "rb", "s3://trees");
    }

    [Fact]
    public async Task Checksums_of_every_kind_are_told_again()
    {
        await aws.AwsAsync("s3api", "create-bucket", "--bucket", "checked");
        await File.WriteAllTextAsync(aws.Folder.At("digits"), "123456789");
        // What the algorithms give for these nine digits, their usual check value.
        foreach (var (algorithm, value) in new[] { ("CRC32", "y/Q5Jg=="), ("CRC32C", "4waSgw=="), ("SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=") })
        {
            var put = await aws.JsonAsync("s3api", "put-object", "--bucket", "checked", "--key", algorithm, "--body", "digits", "--checksum-algorithm", algorithm);
            put.GetProperty($"Checksum{algorithm}").GetString().ShouldBe(value);
            var got = await aws.JsonAsync("s3api", "get-object", "--bucket", "checked", "--key", algorithm, "--checksum-mode", "ENABLED", "none");
            got.GetProperty($"Checksum{algorithm}").GetString().ShouldBe(value);
        }
    }

    [Fact]
    public async Task Objects_are_looked_at_through_the_api()
    {
        await aws.AwsAsync("s3api", "create-bucket", "--bucket", "things");
        await File.WriteAllTextAsync(aws.Folder.At("body"), "0123456789");
        foreach (var key in new[] { "a/1", "a/2", "b/1", "c" })
            await aws.AwsAsync("s3api", "put-object", "--bucket", "things", "--key", key, "--body", "body", "--content-type", "text/plain", "--metadata", "origin=lab");
        var head = await aws.JsonAsync("s3api", "head-object", "--bucket", "things", "--key", "a/1");
        head.GetProperty("ContentLength").GetInt32().ShouldBe(10);
        head.GetProperty("ContentType").GetString().ShouldBe("text/plain");
        head.GetProperty("Metadata").GetProperty("origin").GetString().ShouldBe("lab");
        (await aws.JsonAsync("s3api", "get-object", "--bucket", "things", "--key", "a/1", "--range", "bytes=3-5", "part")).GetProperty("ContentRange").GetString().ShouldBe("bytes 3-5/10");
        (await File.ReadAllTextAsync(aws.Folder.At("part"))).ShouldBe("345");
        await aws.AwsAsync("s3api", "copy-object", "--bucket", "things", "--key", "d", "--copy-source", "things/a/1", "--metadata-directive", "REPLACE", "--content-type", "text/csv");
        (await aws.AwsAsync("s3api", "head-object", "--bucket", "things", "--key", "d", "--query", "ContentType", "--output", "text")).Trim().ShouldBe("text/csv");

        var listing = await aws.JsonAsync("s3api", "list-objects-v2", "--bucket", "things", "--delimiter", "/", "--no-paginate");
        listing.GetProperty("CommonPrefixes").EnumerateArray().Select(entry => entry.GetProperty("Prefix").GetString()).ShouldBe(["a/", "b/"]);
        KeysOf(listing).ShouldBe(["c", "d"]);
        KeysOf(await aws.JsonAsync("s3api", "list-objects-v2", "--bucket", "things", "--page-size", "2")).ShouldBe(["a/1", "a/2", "b/1", "c", "d"]);
        KeysOf(await aws.JsonAsync("s3api", "list-objects", "--bucket", "things", "--prefix", "a/")).ShouldBe(["a/1", "a/2"]);
        var below = await aws.JsonAsync("s3api", "list-objects-v2", "--bucket", "things", "--prefix", "a/", "--delimiter", "/");
        KeysOf(below).ShouldBe(["a/1", "a/2"]);
        below.TryGetProperty("CommonPrefixes", out _).ShouldBeFalse();

        await aws.AwsAsync("s3api", "delete-objects", "--bucket", "things", "--delete", """{"Objects":[{"Key":"a/1"},{"Key":"a/2"},{"Key":"none"}]}""");
        (await aws.TryAwsAsync("s3api", "head-object", "--bucket", "things", "--key", "a/1")).ShouldHaveExited(254).Error.ShouldContain("(404)");
        (await aws.TryAwsAsync("s3api", "get-object", "--bucket", "things", "--key", "a/1", "none")).ShouldHaveExited(254).Error.ShouldContain("NoSuchKey");
        (await aws.TryAwsAsync("s3api", "get-bucket-policy", "--bucket", "things")).ShouldHaveExited(254).Error.ShouldContain("NoSuchBucketPolicy");
    }

    private static IEnumerable<string?> KeysOf(JsonElement listing) => listing.GetProperty("Contents").EnumerateArray().Select(entry => entry.GetProperty("Key").GetString());

    private async Task<string> WriteAsync(string name, int bytes)
    {
        await File.WriteAllBytesAsync(aws.Folder.At(name), RandomNumberGenerator.GetBytes(bytes));
        return aws.Folder.At(name);
    }

    private async Task SameAsync(string path, string name)
    {
        var expected = await File.ReadAllBytesAsync(path);
        var found = await File.ReadAllBytesAsync(aws.Folder.At(name));
        found.AsSpan().SequenceEqual(expected).ShouldBeTrue();
    }
}
