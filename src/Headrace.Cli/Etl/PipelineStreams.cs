using Headrace.Client;
using Headrace.Pipelines;

namespace Headrace.Cli.Etl;

/// <summary>Looks up all streams and buckets of a pipeline before anything is moved, so that a wrong name is told at once.</summary>
internal sealed class PipelineStreams(KinesisClient kinesis, FirehoseClient firehose, IObjectStore objects)
{
    private const string StreamScheme = "stream:";

    /// <returns>The source.</returns>
    public async Task<StreamSummary> FindAsync(PipelinePlan plan, CancellationToken cancellation)
    {
        var found = await kinesis.DescribeStreamSummaryAsync(plan.Source.Stream, cancellation);
        foreach (var destination in plan.Destinations)
        {
            if (destination.Stream is { } stream)
                await kinesis.DescribeStreamSummaryAsync(stream, cancellation);
            else if (destination.Bucket is { } bucket)
                await objects.LastFolderAsync(bucket.Bucket, bucket.Prefix, cancellation);
            else
                await firehose.DescribeDeliveryStreamAsync(destination.DeliveryStream!, cancellation);
        }
        if (plan.DeadLetter.StartsWith(StreamScheme, StringComparison.Ordinal))
            await kinesis.DescribeStreamSummaryAsync(plan.DeadLetter[StreamScheme.Length..], cancellation);
        if (BucketAddress.TryParse(plan.DeadLetter, out var letters))
            await objects.LastFolderAsync(letters.Bucket, letters.Prefix, cancellation);
        return found;
    }
}
