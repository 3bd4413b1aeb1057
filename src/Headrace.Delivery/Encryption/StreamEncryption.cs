namespace Headrace.Delivery.Encryption;

/// <summary>A delivery stream's server-side encryption as it was asked for; there is no key service, so bytes on the disk stay as they are. Immutable.</summary>
/// <param name="Key">Whose key; null where encryption is off.</param>
/// <param name="KeyArn">The customer's key.</param>
/// <param name="SettledAt">When the change is through.</param>
public sealed record StreamEncryption(KeyType? Key, string? KeyArn, DateTimeOffset SettledAt)
{
    /// <summary>Which part of a key's ARN its region is.</summary>
    private const int KeyRegion = 3;

    internal static StreamEncryption Off { get; } = new(null, null, DateTimeOffset.MinValue);

    public EncryptionStatus StatusAt(DateTimeOffset now) => (Key, now < SettledAt) switch
    {
        (null, true) => EncryptionStatus.Disabling,
        (null, false) => EncryptionStatus.Disabled,
        (_, true) => EncryptionStatus.Enabling,
        _ => EncryptionStatus.Enabled,
    };

    /// <exception cref="DeliveryException">InvalidArgument.</exception>
    internal static void Check(KeyType key, string? keyArn, string region)
    {
        if (key == KeyType.CustomerManaged && keyArn is null)
            throw DeliveryException.InvalidArgument("KeyARN has to be specified when KeyType is CUSTOMER_MANAGED_CMK");
        if (key == KeyType.AwsOwned && keyArn is not null)
            throw DeliveryException.InvalidArgument("KeyARN cannot be specified when KeyType is AWS_OWNED_CMK");
        if (keyArn is not null && keyArn.Split(':') is var parts && parts[KeyRegion] != region)
            throw DeliveryException.InvalidArgument("Cross-region keys are not allowed for SSE. Please provide CMKs in the same region as firehose");
    }
}
