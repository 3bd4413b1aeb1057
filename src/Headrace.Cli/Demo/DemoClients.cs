using Amazon.S3;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Demo;

/// <summary>The demo's connections to its own server, over HTTP as anybody's would be.</summary>
internal sealed class DemoClients : IDisposable
{
    private readonly ClientOptions _options;

    public DemoClients(Uri endpoint)
    {
        _options = new ClientOptions { EndpointUrl = endpoint };
        Kinesis = new KinesisClient(_options);
        Firehose = new FirehoseClient(_options);
        S3 = S3Connection.Open(_options);
    }

    public KinesisClient Kinesis { get; }

    public FirehoseClient Firehose { get; }

    public AmazonS3Client S3 { get; }

    /// <summary>The account that the server sees in our credentials.</summary>
    public Task<string> AccountAsync(CancellationToken cancellation) => CallerAccount.OfAsync(_options, cancellation);

    public void Dispose()
    {
        Kinesis.Dispose();
        Firehose.Dispose();
        S3.Dispose();
    }
}
