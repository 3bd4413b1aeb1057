namespace Headrace.Client.Tests.Leases;

/// <summary>Compares leases by all that they hold; the shards that they name are sets.</summary>
internal static class LeaseComparison
{
    public static void ShouldBeLike(this Lease lease, Lease expected)
    {
        lease.ParentShardIds.ShouldBe(expected.ParentShardIds, ignoreOrder: true);
        lease.ChildShardIds.ShouldBe(expected.ChildShardIds, ignoreOrder: true);
        (lease with { ParentShardIds = expected.ParentShardIds, ChildShardIds = expected.ChildShardIds }).ShouldBe(expected);
    }
}
