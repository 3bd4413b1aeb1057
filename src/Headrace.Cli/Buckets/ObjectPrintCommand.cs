using System.Buffers;
using System.CommandLine;
using Amazon.S3;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;

namespace Headrace.Cli.Buckets;

/// <summary><c>headrace buckets cat s3://bucket/key</c>: an object's bytes on standard output.</summary>
internal sealed class ObjectPrintCommand : ServiceCommand<AmazonS3Client>
{
    private readonly Argument<string> _address = new("ADDRESS") { Description = "s3://bucket/key" };

    public ObjectPrintCommand(CommandConsole console)
        : base(ServiceApis.S3, console, "cat", "Write an object to standard output.", "headrace buckets cat s3://lake/hello.txt")
    {
        Add(_address);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(AmazonS3Client s3, ParseResult parsed, CancellationToken cancellation)
    {
        var address = ObjectAddress.Parse(parsed.GetRequiredValue(_address)).WithKey();
        using var response = await s3.GetObjectAsync(address.Bucket, address.Key, cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        int read;
        while ((read = await response.ResponseStream.ReadAsync(buffer, cancellation)) > 0)
            Console.Output.WriteBytes(buffer.AsSpan(0, read));
        ArrayPool<byte>.Shared.Return(buffer);
        return ExitCodes.Done;
    }
}
