using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Accounts;

internal sealed class UpdateAccountSettings(StreamCatalog streams) : IAwsJsonOperation
{
    private static readonly string[] Statuses = ["ENABLED", "DISABLED"];

    public string Name => nameof(UpdateAccountSettings);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var wanted = members.Structure(BillingCommitments.Member, required: true)?.String("Status", required: true, oneOf: Statuses);
        members.ThrowIfInvalid();

        var (commitment, status) = await streams.SetCommitmentAsync(request.Scope, enabled: wanted == "ENABLED", request.Aborted);
        await request.RespondAsync(writer => writer.WriteCommitment(commitment, status));
    }
}
