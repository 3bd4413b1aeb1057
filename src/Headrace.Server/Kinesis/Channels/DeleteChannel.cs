using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Kinesis.Channels;

internal sealed class DeleteChannel(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(DeleteChannel);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ChannelMembers.ReadArn(members);
        members.ThrowIfInvalid();

        await delivery.DeleteChannelAsync(request.Scope, arn!, request.Aborted);
        request.RespondEmpty();
    }
}
