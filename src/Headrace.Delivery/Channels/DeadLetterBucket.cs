namespace Headrace.Delivery.Channels;

/// <summary>Where a channel's dead letters go. Immutable.</summary>
/// <param name="BucketArn">The bucket.</param>
/// <param name="Owner">The account that it must belong to.</param>
/// <param name="Prefix">What the objects' keys begin with; null for the default.</param>
public sealed record DeadLetterBucket(string BucketArn, string Owner, string? Prefix);
