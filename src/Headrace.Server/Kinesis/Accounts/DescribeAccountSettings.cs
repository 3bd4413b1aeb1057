using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis.Accounts;

internal sealed class DescribeAccountSettings(StreamCatalog streams) : IAwsJsonOperation
{
    public string Name => nameof(DescribeAccountSettings);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        request.ReadMembers().ThrowIfInvalid();
        var (commitment, status) = streams.GetCommitment(request.Scope);
        await request.RespondAsync(writer => writer.WriteCommitment(commitment, status));
    }
}
