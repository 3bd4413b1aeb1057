using Headrace.Server.AwsJson;

namespace Headrace.Server.Faults;

/// <summary>All failures that the server is to rehearse. There is one of these only where there are rules.</summary>
internal sealed class FaultBook
{
    private readonly Dictionary<(string SigningName, string Operation), OperationFaults> _byOperation;

    /// <param name="rules">The rules; each draws for itself.</param>
    /// <param name="seed">Makes the draws of another run with the same rules the same.</param>
    public FaultBook(IReadOnlyList<FaultRule> rules, int seed) => _byOperation = rules
        .Select((rule, index) => new FaultDraw(rule, unchecked((seed * 397) + index)))
        .GroupBy(draw => (draw.Rule.Service.ToLowerInvariant(), draw.Rule.Operation))
        .ToDictionary(group => group.Key, group => new OperationFaults(group));

    /// <summary>The failures of an operation; null: none.</summary>
    public OperationFaults? Of(AwsJsonService service, string operation) => _byOperation.GetValueOrDefault((service.SigningName, operation));
}
