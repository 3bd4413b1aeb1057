using System.Diagnostics.Metrics;
using Headrace.Server.S3.Traffic;

namespace Headrace.Server.Metrics;

/// <summary>What CloudWatch tells of the requests to buckets.</summary>
internal static class BucketMetrics
{
    public const string Area = "S3";

    public static IEnumerable<Metric> Of(S3Traffic traffic) =>
    [
        Bucket(traffic, "AllRequests", "{request}", "Requests.", bucket => bucket.AllRequests),
        Bucket(traffic, "GetRequests", "{request}", "Requests for objects, listings not included.", bucket => bucket.Of(RequestKind.Get)),
        Bucket(traffic, "PutRequests", "{request}", "Requests by PUT.", bucket => bucket.Of(RequestKind.Put)),
        Bucket(traffic, "PostRequests", "{request}", "Requests by POST.", bucket => bucket.Of(RequestKind.Post)),
        Bucket(traffic, "DeleteRequests", "{request}", "Requests by DELETE.", bucket => bucket.Of(RequestKind.Delete)),
        Bucket(traffic, "HeadRequests", "{request}", "Requests by HEAD.", bucket => bucket.Of(RequestKind.Head)),
        Bucket(traffic, "ListRequests", "{request}", "Requests for listings.", bucket => bucket.Of(RequestKind.List)),
        Bucket(traffic, "BytesUploaded", "By", "Bytes of the bodies of requests.", bucket => bucket.BytesUploaded),
        Bucket(traffic, "BytesDownloaded", "By", "Bytes of the bodies of answers to GET.", bucket => bucket.BytesDownloaded),
        Bucket(traffic, "4xxErrors", "{request}", "Requests refused.", bucket => bucket.ClientErrors),
        Bucket(traffic, "5xxErrors", "{request}", "Requests that failed inside the server.", bucket => bucket.ServerErrors),
    ];

    private static Metric Bucket(S3Traffic traffic, string name, string unit, string description, Func<BucketTraffic, long> value) =>
        new(Area, name, MetricKind.Counter, unit, description, () => traffic.Buckets.Select(bucket => new Measurement<double>(value(bucket.Value), MetricLabels.OfBucket(bucket.Key))));
}
