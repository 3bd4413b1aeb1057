using Headrace.Delivery;
using Headrace.Delivery.Encryption;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

internal sealed class StartDeliveryStreamEncryption(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(StartDeliveryStreamEncryption);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        var (key, arn) = EncryptionMembers.Read(members) ?? (KeyType.AwsOwned, null);
        members.ThrowIfInvalid();

        await delivery.StartEncryptionAsync(request.Scope, name!, key, arn, request.Aborted);
        await request.RespondAsync(_ => { });
    }
}
