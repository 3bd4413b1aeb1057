using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Kinesis.Channels;

internal sealed class DescribeChannel(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(DescribeChannel);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ChannelMembers.ReadArn(members);
        members.ThrowIfInvalid();

        var channel = delivery.GetChannel(request.Scope, arn!);
        await request.RespondAsync(writer => writer.WriteChannel(channel, channel.Status));
    }
}
