namespace Headrace.Buckets.Settings;

/// <summary>What may be set for a bucket as a document that is given back as it was put.</summary>
public enum BucketSetting
{
    Accelerate,
    Cors,
    Encryption,
    Logging,
    Notification,
    OwnershipControls,
    Policy,
    PublicAccessBlock,
    Replication,
    RequestPayment,
    Website,
}
