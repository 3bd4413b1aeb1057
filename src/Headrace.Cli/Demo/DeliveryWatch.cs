using Amazon.S3;
using Headrace.Cli.Buckets;

namespace Headrace.Cli.Demo;

/// <summary>Reads what is delivered into the sides' buckets, each object once; what was there before the demo began is left out.</summary>
internal sealed class DeliveryWatch(AmazonS3Client s3, IReadOnlyList<DemoSide> sides, DemoVerification verification)
{
    private readonly HashSet<string> _seen = [];

    /// <summary>Remembers the objects that are already there.</summary>
    public async Task SkipExistingAsync(CancellationToken cancellation)
    {
        foreach (var side in sides)
        {
            await foreach (var item in ObjectListing.ReadAsync(s3, new ObjectAddress(side.Bucket, DemoSide.Prefix), cancellation))
                _seen.Add(Path(side, item.Key));
        }
    }

    /// <summary>Reads the objects that are new since the last time; returns how many there were.</summary>
    public async Task<int> ReadNewAsync(CancellationToken cancellation)
    {
        var read = 0;
        foreach (var side in sides)
        {
            await foreach (var item in ObjectListing.ReadAsync(s3, new ObjectAddress(side.Bucket, DemoSide.Prefix), cancellation))
            {
                if (!_seen.Add(Path(side, item.Key)))
                    continue;
                verification.AddObject(side, item.Key, await ContentAsync(side.Bucket, item.Key, cancellation));
                read++;
            }
        }
        return read;
    }

    private async Task<ReadOnlyMemory<byte>> ContentAsync(string bucket, string key, CancellationToken cancellation)
    {
        using var response = await s3.GetObjectAsync(bucket, key, cancellation);
        using var content = new MemoryStream();
        await response.ResponseStream.CopyToAsync(content, cancellation);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static string Path(DemoSide side, string key) => $"{side.Bucket}/{key}";
}
