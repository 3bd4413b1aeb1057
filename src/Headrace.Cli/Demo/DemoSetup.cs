using Headrace.Cli.Delivery;
using Headrace.Client;
using Headrace.Client.Firehose;

namespace Headrace.Cli.Demo;

/// <summary>Makes the lab's streams, buckets and delivery streams; what is already there is used as it is.</summary>
internal sealed class DemoSetup(DemoClients clients)
{
    private const int ShardsEach = 2;
    private const int BufferMebibytes = 1;

    /// <summary>Short, unlike the lab's 60 seconds, so that the demo ends soon.</summary>
    private const int BufferSeconds = 1;

    /// <summary>Everything is active when this completes; delivery then sees every record put from now on.</summary>
    /// <returns>The lab's two sides, with the account's bucket names.</returns>
    public async Task<IReadOnlyList<DemoSide>> PrepareAsync(CancellationToken cancellation)
    {
        var account = await clients.AccountAsync(cancellation);
        var sides = DemoNames.Sides(account);
        await Task.WhenAll(sides.Select(side => side.Stream).Append(DemoNames.SourceStream).Select(name => StreamAsync(name, cancellation)));
        foreach (var side in sides)
        {
            await BucketAsync(side.Bucket, cancellation);
            await DeliveryStreamAsync(side, account, cancellation);
        }
        return sides;
    }

    private async Task StreamAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await clients.Kinesis.CreateStreamAsync(name, ShardsEach, cancellation);
        }
        catch (KinesisException failure) when (failure.ErrorType == "ResourceInUseException")
        {
            // Left by an earlier demo on the same data folder.
        }
        await clients.Kinesis.WaitUntilActiveAsync(name, cancellation);
    }

    private async Task BucketAsync(string name, CancellationToken cancellation)
    {
        var existing = await clients.S3.ListBucketsAsync(cancellation);
        if (existing.Buckets?.Any(bucket => bucket.BucketName == name) != true)
            await clients.S3.PutBucketAsync(name, cancellation);
    }

    private async Task DeliveryStreamAsync(DemoSide side, string account, CancellationToken cancellation)
    {
        var source = await clients.Kinesis.DescribeStreamSummaryAsync(side.Stream, cancellation);
        var role = $"arn:aws:iam::{account}:role/{DemoNames.RoleName}";
        try
        {
            await clients.Firehose.CreateDeliveryStreamAsync(
                new CreateDeliveryStreamRequest
                {
                    DeliveryStreamName = side.DeliveryStream,
                    DeliveryStreamType = "KinesisStreamAsSource",
                    KinesisStreamSourceConfiguration = new KinesisStreamSourceConfiguration { KinesisStreamArn = source.Arn, RoleArn = role },
                    ExtendedS3DestinationConfiguration = new ExtendedS3DestinationConfiguration
                    {
                        RoleArn = role,
                        BucketArn = $"arn:aws:s3:::{side.Bucket}",
                        Prefix = DemoSide.Prefix,
                        ErrorOutputPrefix = DemoSide.ErrorPrefix,
                        BufferingHints = new BufferingHints { SizeInMBs = BufferMebibytes, IntervalInSeconds = BufferSeconds },
                        CompressionFormat = "UNCOMPRESSED",
                    },
                },
                cancellation);
        }
        catch (KinesisException failure) when (failure.ErrorType == "ResourceInUseException")
        {
            // Left by an earlier demo on the same data folder; it goes on where it stopped.
        }
        await DeliveryReadiness.WaitAsync(clients.Firehose, side.DeliveryStream, cancellation);
    }
}
