namespace Headrace.Buckets;

/// <summary>What can be wrong with a request to the <see cref="BucketStore"/>. The names are S3's error codes where S3 has one.</summary>
public enum BucketsFault
{
    NoSuchBucket,
    InvalidBucketName,

    /// <summary>Another account owns a bucket of that name: names are shared by all accounts.</summary>
    BucketAlreadyExists,
    BucketAlreadyOwnedByYou,
    BucketNotEmpty,
    NoSuchKey,
    NoSuchVersion,

    /// <summary>The version named is a delete marker, which has no object.</summary>
    IsDeleteMarker,

    /// <summary>The object is locked against that.</summary>
    AccessDenied,

    /// <summary>The bucket's versions or locks don't allow the setting.</summary>
    InvalidBucketState,
    KeyTooLong,
    PreconditionFailed,

    /// <summary>The bytes are encrypted with a key that was not brought.</summary>
    CustomerKeyMissing,

    /// <summary>The bytes are encrypted with another key.</summary>
    CustomerKeyWrong,

    /// <summary>A key was brought for bytes that are encrypted with none.</summary>
    CustomerKeyUnexpected,
    NoSuchUpload,
    InvalidPart,
    InvalidPartOrder,

    /// <summary>The object's checksum is made of its parts', and one of those is not named.</summary>
    MissingPartChecksum,

    /// <summary>A part that is not the last one has less than 5 MiB.</summary>
    EntityTooSmall,

    /// <summary>The checksum that was given for a completed upload is not that of its parts.</summary>
    BadDigest,

    /// <summary>The disk has no room; nothing was stored.</summary>
    StorageFull,

    /// <summary>The disk refused; nothing was stored, or what was stored can't be read.</summary>
    StorageFailed,
}
