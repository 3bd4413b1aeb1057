namespace Headrace.Delivery.Destinations;

/// <summary>How an object's bytes are packed.</summary>
public enum CompressionFormat
{
    Uncompressed,
    Gzip,
    Zip,
    Snappy,
    HadoopSnappy,

    /// <summary>Only channels have it.</summary>
    Zstd,
}
