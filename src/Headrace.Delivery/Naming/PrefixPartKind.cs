namespace Headrace.Delivery.Naming;

/// <summary>What a piece of a prefix is.</summary>
internal enum PrefixPartKind
{
    Text,
    Timestamp,
    RandomString,
    ErrorOutputType,
    PartitionKeyFromQuery,
    PartitionKeyFromLambda,
}
