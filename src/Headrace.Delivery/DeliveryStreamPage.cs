namespace Headrace.Delivery;

/// <summary>Names of delivery streams, in ordinal order.</summary>
/// <param name="Names">The names.</param>
/// <param name="HasMore">True when more follow the last one.</param>
public sealed record DeliveryStreamPage(IReadOnlyList<string> Names, bool HasMore);
