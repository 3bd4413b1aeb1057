namespace Headrace.Delivery.Naming;

/// <summary>A piece of a prefix: text, or an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The text, the time pattern or the partition key.</param>
internal readonly record struct PrefixPart(PrefixPartKind Kind, string Value);
