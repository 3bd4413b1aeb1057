using Headrace.Buckets.Objects;

namespace Headrace.Server.S3.Objects;

/// <summary>Storage classes are kept and told; all bytes lie on the same disk.</summary>
internal static class StorageClasses
{
    public const string Header = "x-amz-storage-class";
    public const string Standard = "STANDARD";

    private static readonly string[] Known =
    [
        Standard, "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "OUTPOSTS",
        "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP",
    ];

    public static string Of(StoredObject found) => Of(found.Headers);

    public static string Of(IReadOnlyDictionary<string, string> headers) => headers.GetValueOrDefault(Header, Standard);

    /// <summary>What a put's header, or a form's field, asks for; null for the standard class.</summary>
    /// <exception cref="S3Exception">InvalidStorageClass.</exception>
    public static string? Asked(string? stated) => stated switch
    {
        null or "" or Standard => null,
        var other when Known.Contains(other) => other,
        var other => throw new S3Exception(400, "InvalidStorageClass", "The storage class you specified is not valid") { Details = [("StorageClassRequested", other)] },
    };
}
