using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Transfer;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>TransferUtility of AWS's SDK for .NET, which uploads in parts and by folders.</summary>
public sealed class TransferUtilityTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Files_and_folders_go_up_and_come_down()
    {
        using var folder = new TemporaryFolder();
        using var s3 = new AmazonS3Client(new BasicAWSCredentials("x", "y"), new AmazonS3Config { ServiceURL = server.Process.Url, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        using var transfer = new TransferUtility(s3);
        await s3.PutBucketAsync("transfers");
        var bytes = RandomNumberGenerator.GetBytes(18_000_000);
        await File.WriteAllBytesAsync(folder.At("large.bin"), bytes);
        await transfer.UploadAsync(folder.At("large.bin"), "transfers", "large.bin");
        (await s3.GetObjectMetadataAsync("transfers", "large.bin")).ETag.ShouldContain("-");
        await transfer.DownloadAsync(folder.At("back.bin"), "transfers", "large.bin");
        (await File.ReadAllBytesAsync(folder.At("back.bin"))).AsSpan().SequenceEqual(bytes).ShouldBeTrue();

        Directory.CreateDirectory(folder.At("tree/deep"));
        await File.WriteAllTextAsync(folder.At("tree/a b+ü.txt"), "a");
        await File.WriteAllTextAsync(folder.At("tree/deep/c"), "c");
        await transfer.UploadDirectoryAsync(folder.At("tree"), "transfers", "*", SearchOption.AllDirectories);
        await s3.DeleteObjectAsync("transfers", "large.bin");
        await transfer.DownloadDirectoryAsync("transfers", "/", folder.At("down"));
        (await File.ReadAllTextAsync(folder.At("down/a b+ü.txt"))).ShouldBe("a");
        (await File.ReadAllTextAsync(folder.At("down/deep/c"))).ShouldBe("c");
    }
}
