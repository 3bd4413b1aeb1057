using Headrace.Cli.CommandLine;
using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary>Waits for a delivery stream that was just created.</summary>
internal static class DeliveryReadiness
{
    private static readonly TimeSpan Local = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Aws = TimeSpan.FromSeconds(2);

    /// <summary>Completes when the delivery stream is active.</summary>
    /// <exception cref="CommandFailedException">It will not be: its creation failed.</exception>
    public static async Task WaitAsync(FirehoseClient firehose, string name, CancellationToken cancellation)
    {
        while (true)
        {
            var status = (await firehose.DescribeDeliveryStreamAsync(name, cancellation)).Status;
            if (status == "ACTIVE")
                return;
            if (status.EndsWith("_FAILED", StringComparison.Ordinal))
                throw new CommandFailedException($"delivery stream {name} is {status}; delete it and look at its role and bucket");
            await Task.Delay(ClientEndpoint.IsAws(firehose.Endpoint) ? Aws : Local, cancellation);
        }
    }
}
