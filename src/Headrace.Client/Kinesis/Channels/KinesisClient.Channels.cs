using System.Runtime.CompilerServices;
using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>Channels: the API's operations as they are, and all of a list's pages.</content>
public sealed partial class KinesisClient
{
    /// <summary>Creates a channel, which delivers a stream's records into a bucket once it is <c>ACTIVE</c>.</summary>
    public Task<CreateChannelResponse> CreateChannelAsync(CreateChannelRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("CreateChannel", request, KinesisJson.Default.CreateChannelRequest, KinesisJson.Default.CreateChannelResponse, cancellationToken);

    /// <summary>Deletes a channel; what it has delivered stays.</summary>
    public Task DeleteChannelAsync(DeleteChannelRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DeleteChannel", request, KinesisJson.Default.DeleteChannelRequest, cancellationToken);

    /// <summary>What a channel is.</summary>
    public Task<DescribeChannelResponse> DescribeChannelAsync(DescribeChannelRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DescribeChannel", request, KinesisJson.Default.DescribeChannelRequest, KinesisJson.Default.DescribeChannelResponse, cancellationToken);

    /// <summary>A page of the channels.</summary>
    public Task<ListChannelsResponse> ListChannelsAsync(ListChannelsRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ListChannels", request, KinesisJson.Default.ListChannelsRequest, KinesisJson.Default.ListChannelsResponse, cancellationToken);

    /// <summary>All channels; pages are fetched as they are needed.</summary>
    public async IAsyncEnumerable<ChannelSummary> ListChannelsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? token = null;
        do
        {
            var page = await ListChannelsAsync(new ListChannelsRequest { NextToken = token }, cancellationToken);
            foreach (var channel in page.ChannelSummaries)
                yield return channel;
            token = page.NextToken;
        }
        while (token is not null);
    }

    /// <summary>Changes how long a channel's records may wait, or where its errors are logged.</summary>
    public Task<UpdateChannelResponse> UpdateChannelAsync(UpdateChannelRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateChannel", request, KinesisJson.Default.UpdateChannelRequest, KinesisJson.Default.UpdateChannelResponse, cancellationToken);
}
