using Amazon.S3;
using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>The services that commands talk to.</summary>
internal static class ServiceApis
{
    public static ServiceApi<KinesisClient> Kinesis { get; } = new("kinesis", static options => new KinesisClient(options));

    public static ServiceApi<FirehoseClient> Firehose { get; } = new("firehose", static options => new FirehoseClient(options));

    public static ServiceApi<CatalogClient> Glue { get; } = new("glue", static options => new CatalogClient(options));

    public static ServiceApi<AmazonS3Client> S3 { get; } = new("s3", S3Connection.Open);
}
