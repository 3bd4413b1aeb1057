using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Settings;

namespace Headrace.Server.S3.Settings;

/// <summary>A bucket's sub-resource that is a document, given back as it was put.</summary>
/// <param name="Setting">As what it is kept.</param>
/// <param name="Root">The document's root element.</param>
/// <param name="Validate">Throws for a document that S3 would refuse.</param>
internal sealed record SettingKind(BucketSetting Setting, string Root, Action<XElement> Validate)
{
    /// <summary>Throws for a document that does not go with the bucket that it is put for, or with others; null where that can't be.</summary>
    public Action<S3Request, BucketStore, XElement>? Compare { get; init; }

    /// <summary>What is refused where there is none; null where S3 then answers with <see cref="Default"/>.</summary>
    public (string Code, string Message)? Missing { get; init; }

    /// <summary>The content of the document where none was put.</summary>
    public IReadOnlyList<XElement> Default { get; init; } = [];
}
