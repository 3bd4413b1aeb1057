using Headrace.Delivery;
using Headrace.Delivery.Channels;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Kinesis.Channels;

internal sealed class UpdateChannel(DeliveryService delivery) : IAwsJsonOperation
{
    private const string Freshness = "DataFreshnessInSeconds";

    public string Name => nameof(UpdateChannel);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var arn = ChannelMembers.ReadArn(members);
        var seconds = members.Structure("S3DestinationConfiguration")?.Integer(Freshness, required: true);
        members.Structure("S3TablesDestinationConfiguration")?.Integer(Freshness, required: true);
        var logging = ChannelMembers.ReadLogging(members);
        members.ThrowIfInvalid();

        if (members.Has("S3TablesDestinationConfiguration"))
            throw ChannelMembers.Invalid("S3TablesDestinationConfiguration can't be updated: the channel delivers to a bucket.");
        if (seconds is null && logging is null)
            throw ChannelMembers.Invalid("At least one of S3DestinationConfiguration and LoggingConfiguration must be specified.");
        var channel = await delivery.UpdateChannelAsync(request.Scope, arn!, (int?)seconds, logging, request.Aborted);
        await request.RespondAsync(writer => writer.WriteChannel(channel, ChannelStatus.Updating));
    }
}
