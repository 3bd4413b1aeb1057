using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Counts an operation's calls against its rate before it is carried out. Those that a shard's share limits are not wrapped.</summary>
internal sealed class RatedOperation(IAwsJsonOperation operation, StreamCatalog streams) : IAwsJsonOperation
{
    /// <summary>The members that name a stream, by themselves or within an ARN.</summary>
    private static readonly string[] StreamMembers = ["StreamName", "StreamARN", "ConsumerARN", "ResourceARN"];

    private const string ArnPart = ":stream/";

    public string Name => operation.Name;

    public ValueTask HandleAsync(AwsJsonRequest request)
    {
        streams.CountCall(Name, request.Scope, StreamNamed(request.ReadMembers()));
        return operation.HandleAsync(request);
    }

    private static string? StreamNamed(MemberReader members)
    {
        foreach (var member in StreamMembers)
        {
            if (members.String(member) is not { } text)
                continue;
            var at = text.IndexOf(ArnPart, StringComparison.Ordinal);
            return at < 0 ? text : text[(at + ArnPart.Length)..].Split('/', 2)[0];
        }
        return null;
    }
}
