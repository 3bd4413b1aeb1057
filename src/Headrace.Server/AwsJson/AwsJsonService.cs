using Headrace.Server.AwsCbor;

namespace Headrace.Server.AwsJson;

/// <summary>The operations of one AWS JSON service.</summary>
internal sealed class AwsJsonService
{
    private readonly Dictionary<string, IAwsJsonOperation> _operations;
    private readonly Func<Exception, WireException?> _translate;

    /// <param name="targetPrefix">What stands before the dot in <c>X-Amz-Target</c>.</param>
    /// <param name="maxBodyBytes">A longer request body is refused.</param>
    /// <param name="translate">Gives the service's wire error for a domain exception; null for what it does not know.</param>
    /// <param name="operations">The operations.</param>
    public AwsJsonService(string targetPrefix, int maxBodyBytes, Func<Exception, WireException?> translate, IEnumerable<IAwsJsonOperation> operations)
    {
        TargetPrefix = targetPrefix;
        Name = targetPrefix.Split('_')[0];
        SigningName = Name.ToLowerInvariant();
        MaxBodyBytes = maxBodyBytes;
        _translate = translate;
        _operations = operations.ToDictionary(operation => operation.Name);
    }

    public string TargetPrefix { get; }

    /// <summary>The service as people call it, such as <c>Kinesis</c>.</summary>
    public string Name { get; }

    /// <summary>The service in a credential's scope, such as <c>kinesis</c>.</summary>
    public string SigningName { get; init; }

    public int MaxBodyBytes { get; }

    /// <summary>What CBOR writes in a way of its own; null where the service speaks JSON only.</summary>
    public WireMembers? CborMembers { get; init; }

    /// <summary>The order in which the service tells what is wrong with an operation's request.</summary>
    public Func<string, MemberOrder> OrderOf { get; init; } = _ => OldMemberOrder.Instance;

    /// <summary>Decides who may do what; null where everybody may do everything.</summary>
    public IResourceAccess? Access { get; init; }

    public IEnumerable<string> OperationNames => _operations.Keys;

    public IAwsJsonOperation? Find(string operation) => _operations.GetValueOrDefault(operation);

    public WireException? Translate(Exception exception) => exception as WireException ?? _translate(exception);
}
