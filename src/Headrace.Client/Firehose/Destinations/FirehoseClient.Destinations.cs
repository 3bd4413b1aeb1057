using Headrace.Client.Firehose;

namespace Headrace.Client;

/// <content>Destinations: the API's operations as they are.</content>
public sealed partial class FirehoseClient
{
    /// <summary>Changes where and how a delivery stream delivers.</summary>
    public Task UpdateDestinationAsync(UpdateDestinationRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UpdateDestination", request, FirehoseJson.Default.UpdateDestinationRequest, cancellationToken);
}
