using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

internal sealed class StopDeliveryStreamEncryption(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(StopDeliveryStreamEncryption);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        members.ThrowIfInvalid();

        await delivery.StopEncryptionAsync(request.Scope, name!, request.Aborted);
        await request.RespondAsync(_ => { });
    }
}
