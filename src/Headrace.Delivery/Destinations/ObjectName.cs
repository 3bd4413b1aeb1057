using System.Globalization;

namespace Headrace.Delivery.Destinations;

/// <summary>Names a delivered object as Firehose does.</summary>
internal static class ObjectName
{
    /// <summary>
    /// <c>PREFIXyyyy/MM/dd/HH/STREAM-VERSION-yyyy-MM-dd-HH-mm-ss-UUID</c> and an extension. The date joins the prefix
    /// without a slash of its own; it follows the destination's time zone, the rest of the name is UTC.
    /// </summary>
    /// <param name="stream">The delivery stream's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="destination">Gives prefix, time zone and extension.</param>
    /// <param name="oldestArrival">When the oldest record of the object arrived.</param>
    /// <param name="id">Makes the name unique.</param>
    public static string Of(string stream, string version, S3Destination destination, DateTimeOffset oldestArrival, Guid id)
    {
        var utc = oldestArrival.ToUniversalTime();
        var local = string.IsNullOrEmpty(destination.CustomTimeZone)
            ? utc
            : TimeZoneInfo.ConvertTime(utc, TimeZoneInfo.FindSystemTimeZoneById(destination.CustomTimeZone));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{destination.Prefix}{local:yyyy'/'MM'/'dd'/'HH'/'}{stream}-{version}-{utc:yyyy'-'MM'-'dd'-'HH'-'mm'-'ss}-{id}{ExtensionOf(destination)}");
    }

    private static string ExtensionOf(S3Destination destination)
    {
        if (!string.IsNullOrEmpty(destination.FileExtension))
            return destination.FileExtension;
        return destination.Compression == CompressionFormat.Gzip ? ".gz" : "";
    }
}
