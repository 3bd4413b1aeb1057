using Headrace.Buckets.Listing;

namespace Headrace.Buckets;

// Listing: one page of a bucket's keys.
public sealed partial class BucketStore
{
    /// <summary>Lists objects in key order, rolled up at the delimiter.</summary>
    public ListingPage ListObjects(ListingRequest request) => Read(session =>
    {
        BucketTables.GetBucket(session, request.Bucket);
        return new ObjectListing(session, request).Make();
    });
}
