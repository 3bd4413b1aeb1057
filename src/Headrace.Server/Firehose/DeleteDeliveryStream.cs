using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

internal sealed class DeleteDeliveryStream(DeliveryService delivery) : IAwsJsonOperation
{
    public string Name => nameof(DeleteDeliveryStream);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var name = FirehosePatterns.ReadName(members);
        // Forcing matters on AWS where a KMS grant can't be retired; here every deletion goes through.
        members.Boolean("AllowForceDelete");
        members.ThrowIfInvalid();

        await delivery.DeleteAsync(request.Scope, name!, request.Aborted);
        await request.RespondAsync(_ => { });
    }
}
