using Headrace.Cli.CommandLine;
using Headrace.Client;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Channels;

/// <summary>Finds channels, which the API knows by their ARNs, by what users call them.</summary>
internal static class ChannelLookup
{
    private static readonly TimeSpan Local = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Aws = TimeSpan.FromSeconds(2);

    /// <param name="kinesis">The service.</param>
    /// <param name="channel">A channel's name or ARN.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The ARN.</returns>
    /// <exception cref="CommandFailedException">There is no channel of that name.</exception>
    public static async Task<string> ArnOfAsync(KinesisClient kinesis, string channel, CancellationToken cancellation)
    {
        if (channel.StartsWith("arn:", StringComparison.Ordinal))
            return channel;
        await foreach (var each in kinesis.ListChannelsAsync(cancellation))
        {
            if (each.ChannelName == channel)
                return each.ChannelArn;
        }
        throw new CommandFailedException($"there is no channel {channel}; check its name ('headrace channels list') and the region");
    }

    public static async Task<ChannelDescription> DescribeAsync(KinesisClient kinesis, string arn, CancellationToken cancellation) =>
        (await kinesis.DescribeChannelAsync(new DescribeChannelRequest { ChannelArn = arn }, cancellation)).ChannelDescription;

    /// <summary>Completes when a channel that was just created or changed is active.</summary>
    /// <exception cref="CommandFailedException">It will not be: it has failed.</exception>
    public static async Task WaitUntilActiveAsync(KinesisClient kinesis, string arn, CancellationToken cancellation)
    {
        while (true)
        {
            var channel = await DescribeAsync(kinesis, arn, cancellation);
            if (channel.ChannelStatus == "ACTIVE")
                return;
            if (channel.ChannelStatus == "FAILED")
                throw new CommandFailedException($"channel {channel.ChannelName} has failed: {channel.ChannelStatusReason ?? "no reason is given"}; delete it and look at its role and bucket");
            await Task.Delay(ClientEndpoint.IsAws(kinesis.Endpoint) ? Aws : Local, cancellation);
        }
    }
}
