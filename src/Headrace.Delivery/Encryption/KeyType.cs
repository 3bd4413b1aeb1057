namespace Headrace.Delivery.Encryption;

/// <summary>Whose key encrypts a delivery stream's records, in AWS's names.</summary>
public enum KeyType
{
    AwsOwned,
    CustomerManaged,
}
