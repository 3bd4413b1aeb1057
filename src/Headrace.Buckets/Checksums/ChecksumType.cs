namespace Headrace.Buckets.Checksums;

/// <summary>What a checksum was computed over.</summary>
public enum ChecksumType
{
    /// <summary>The object's bytes.</summary>
    FullObject,

    /// <summary>The checksums of the object's parts, one after another.</summary>
    Composite,
}
