using System.Xml;
using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Server.S3.Bodies;
using Headrace.Server.S3.Objects;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Listing;

/// <summary>What both versions of a listing have in common.</summary>
internal static class ListingWriting
{
    public static void Entries(this XmlWriter writer, ListingPage page, KeyEncoding encoding, Func<StoredObject, string>? ownerOf)
    {
        foreach (var found in page.Objects)
        {
            writer.Element("Contents", contents =>
            {
                contents.Text("Key", encoding.Encode(found.Key));
                contents.Time("LastModified", found.ModifiedAt);
                contents.Text("ETag", ETags.Quote(found.ETag));
                if (found.Checksum is { } checksum)
                {
                    contents.Text("ChecksumAlgorithm", ChecksumHeaders.NameOf(checksum.Algorithm));
                    contents.Text("ChecksumType", ChecksumHeaders.NameOf(checksum.Type));
                }
                contents.Number("Size", found.Length);
                if (ownerOf is not null)
                    contents.Owner("Owner", ownerOf(found));
                contents.Text("StorageClass", StorageClasses.Of(found));
            });
        }
        writer.Prefixes(page.CommonPrefixes, encoding);
    }

    public static void Prefixes(this XmlWriter writer, IEnumerable<string> prefixes, KeyEncoding encoding)
    {
        foreach (var prefix in prefixes)
            writer.Element("CommonPrefixes", common => common.Text("Prefix", encoding.Encode(prefix)));
    }
}
