using Headrace.Delivery;
using Headrace.Delivery.Channels;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Kinesis.Channels;

internal sealed class CreateChannel(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(CreateChannel);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var definition = ChannelMembers.Read(members);
        members.ThrowIfInvalid();

        ChannelMembers.Check(members);
        StreamReference.Resolve(request, (null, definition.StreamArn));
        var channel = await delivery.CreateChannelAsync(request.Scope, definition, request.Aborted);
        await request.RespondAsync(writer => writer.WriteChannel(channel, ChannelStatus.Creating));
    }
}
