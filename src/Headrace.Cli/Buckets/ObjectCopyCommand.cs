using System.CommandLine;
using Amazon.S3;
using Amazon.S3.Model;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets cp SOURCE TARGET</c>: between a local file and a bucket, or between buckets.</summary>
internal sealed class ObjectCopyCommand : ServiceCommand<AmazonS3Client>
{
    private readonly Argument<string> _source = new("SOURCE") { Description = "A local file, or s3://bucket/key" };
    private readonly Argument<string> _target = new("TARGET") { Description = "A local file or folder, or s3://bucket/key; s3://bucket/prefix/ keeps the file's name" };

    public ObjectCopyCommand(CommandConsole console)
        : base(ServiceApis.S3, console, "cp", "Copy a file to a bucket, an object to a file, or an object to another.", "headrace buckets cp hello.txt s3://lake/hello.txt", "headrace buckets cp s3://lake/hello.txt .")
    {
        Add(_source);
        Add(_target);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(AmazonS3Client s3, ParseResult parsed, CancellationToken cancellation)
    {
        var source = parsed.GetRequiredValue(_source);
        var target = parsed.GetRequiredValue(_target);
        var copied = (ObjectAddress.IsOne(source), ObjectAddress.IsOne(target)) switch
        {
            (false, true) => await UploadAsync(s3, source, ObjectAddress.Parse(target), cancellation),
            (true, false) => await DownloadAsync(s3, ObjectAddress.Parse(source).WithKey(), target, cancellation),
            (true, true) => await CopyAsync(s3, ObjectAddress.Parse(source).WithKey(), ObjectAddress.Parse(target), cancellation),
            _ => throw new UsageException("neither SOURCE nor TARGET is in a bucket; write one of them as s3://bucket/key"),
        };
        Console.Say($"{source} is copied to {copied}");
        return ExitCodes.Done;
    }

    private static async Task<string> UploadAsync(AmazonS3Client s3, string path, ObjectAddress target, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
            throw new UsageException($"{path} is a folder; copy its files one by one");
        await using var file = File.OpenRead(path);
        var address = Named(target, Path.GetFileName(path));
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = address.Bucket, Key = address.Key, InputStream = file }, cancellation);
        return address.ToString();
    }

    private static async Task<string> DownloadAsync(AmazonS3Client s3, ObjectAddress source, string target, CancellationToken cancellation)
    {
        var path = Directory.Exists(target) ? Path.Combine(target, Path.GetFileName(source.Key)) : target;
        using var response = await s3.GetObjectAsync(source.Bucket, source.Key, cancellation);
        var partial = path + ".part";
        try
        {
            await using (var file = File.Create(partial))
                await response.ResponseStream.CopyToAsync(file, cancellation);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
        return path;
    }

    private static async Task<string> CopyAsync(AmazonS3Client s3, ObjectAddress source, ObjectAddress target, CancellationToken cancellation)
    {
        var address = Named(target, Path.GetFileName(source.Key));
        await s3.CopyObjectAsync(source.Bucket, source.Key, address.Bucket, address.Key, cancellation);
        return address.ToString();
    }

    /// <summary>A target that ends in a slash, or is a bucket alone, takes the source's name.</summary>
    private static ObjectAddress Named(ObjectAddress target, string name) =>
        target.Key.Length == 0 || target.Key.EndsWith('/') ? target with { Key = target.Key + name } : target;
}
