using System.Globalization;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Naming;

/// <summary>Names a delivered object as Firehose does: <c>PREFIX STREAM-VERSION-yyyy-MM-dd-HH-mm-ss-UUID EXTENSION</c>.</summary>
internal static class ObjectName
{
    /// <summary>The prefix follows the destination's time zone and so does the time in the name.</summary>
    /// <param name="stream">The delivery stream's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="prefix">The prefix, with partition keys put in.</param>
    /// <param name="zone">The destination's zone.</param>
    /// <param name="oldestArrival">When the oldest record of the object arrived.</param>
    /// <param name="errorOutputType">Why the records failed; null for an object of delivered ones.</param>
    /// <param name="extension">What the name ends with.</param>
    /// <param name="random">Makes the name unique.</param>
    public static string Of(string stream, string version, PrefixTemplate prefix, ObjectZone zone, DateTimeOffset oldestArrival, string? errorOutputType, string extension, Random random)
    {
        var local = zone.Local(oldestArrival);
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix.Evaluate(local, zone.Id, errorOutputType, random)}{stream}-{version}-{local:yyyy'-'MM'-'dd'-'HH'-'mm'-'ss}-{Version4(id)}{extension}");
    }

    /// <summary>The extension of a destination's objects: its own, or its compression's.</summary>
    public static string ExtensionOf(S3Destination destination, bool isConverted)
    {
        if (!string.IsNullOrEmpty(destination.FileExtension))
            return destination.FileExtension;
        if (isConverted)
            return ParquetObject.Extension;
        return destination.Compression switch
        {
            CompressionFormat.Gzip => ".gz",
            CompressionFormat.Zip => ".zip",
            CompressionFormat.Snappy or CompressionFormat.HadoopSnappy => ".snappy",
            _ => "",
        };
    }

    private static Guid Version4(Span<byte> random)
    {
        random[6] = (byte)((random[6] & 0x0f) | 0x40);
        random[8] = (byte)((random[8] & 0x3f) | 0x80);
        return new Guid(random, bigEndian: true);
    }
}
