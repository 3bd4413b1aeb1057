namespace Headrace.Delivery.Destinations;

/// <summary>Whether records go into objects by keys of their own. Immutable.</summary>
/// <param name="Enabled">Fixed when the delivery stream is created.</param>
/// <param name="RetrySeconds">How long AWS would retry a prefix that can't be delivered to; kept and shown, while we retry until it can. Null: none given.</param>
public sealed record DynamicPartitioning(bool Enabled, int? RetrySeconds)
{
    public const int DefaultRetrySeconds = 300;
}
