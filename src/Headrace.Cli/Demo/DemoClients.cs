using Amazon.S3;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Demo;

/// <summary>The demo's connections to its own server, over HTTP as anybody's would be.</summary>
internal sealed class DemoClients : IDisposable
{
    public DemoClients(Uri endpoint)
    {
        Options = new ClientOptions { EndpointUrl = endpoint };
        Kinesis = new KinesisClient(Options);
        Firehose = new FirehoseClient(Options);
        S3 = S3Connection.Open(Options);
    }

    public ClientOptions Options { get; }

    public KinesisClient Kinesis { get; }

    public FirehoseClient Firehose { get; }

    public AmazonS3Client S3 { get; }

    /// <summary>The account that the server sees in our credentials.</summary>
    public Task<string> AccountAsync(CancellationToken cancellation) => CallerAccount.OfAsync(Options, cancellation);

    public void Dispose()
    {
        Kinesis.Dispose();
        Firehose.Dispose();
        S3.Dispose();
    }
}
