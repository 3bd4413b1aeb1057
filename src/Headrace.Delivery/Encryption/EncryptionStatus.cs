namespace Headrace.Delivery.Encryption;

/// <summary>Where a delivery stream's encryption is in its life.</summary>
public enum EncryptionStatus
{
    Disabled,
    Enabling,
    Enabled,
    Disabling,
}
