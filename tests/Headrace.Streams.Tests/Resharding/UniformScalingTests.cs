using CsCheck;
using Headrace.Streams.Resharding;

namespace Headrace.Streams.Tests.Resharding;

public sealed class UniformScalingTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Fact]
    public void Doubling_splits_every_shard_once()
    {
        var map = Scale(NewMap(3), 6);
        map.All.Length.ShouldBe(9);
        map.All.Take(3).ShouldAllBe(shard => !shard.IsOpen);
    }

    [Fact]
    public void Halving_merges_every_pair_once()
    {
        var map = Scale(NewMap(6), 3);
        map.All.Length.ShouldBe(9);
        map.All.Skip(6).ShouldAllBe(shard => shard.IsOpen && shard.AdjacentParentIndex != null);
    }

    [Fact]
    public void What_already_is_as_wanted_stays() => UniformScaling.Plan(NewMap(5), 5, Now, _ => 0).ShouldBeEmpty();

    [Fact]
    public void A_closed_parent_ends_behind_its_records_and_one_opened_on_the_way_has_none()
    {
        var changed = UniformScaling.Plan(NewMap(2), 3, Now, shard => 100 + shard.Index);
        changed.Where(shard => shard.Index < 2).Select(shard => shard.ClosedEnd).ShouldBe([100L, 101L]);
        changed.Where(shard => shard.Index >= 2 && !shard.IsOpen).ShouldNotBeEmpty();
        changed.Where(shard => shard.Index >= 2 && !shard.IsOpen).ShouldAllBe(shard => shard.ClosedEnd == 0);
    }

    [Fact]
    public void Any_row_of_changes_covers_all_hash_keys_once_and_keeps_the_lineage() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 24].Array[1, 6]).Sample((shards, targets) =>
        {
            var map = NewMap(shards);
            foreach (var target in targets)
            {
                map = Scale(map, target);
                ShouldBeUniform(map, target);
                ShouldHaveALineage(map);
            }
        }, iter: 100);

    private static void ShouldBeUniform(ShardMap map, int target)
    {
        map.OpenCount.ShouldBe(target);
        var open = map.Open.ToArray();
        open[0].Range.Start.ShouldBe(UInt128.Zero);
        open[^1].Range.End.ShouldBe(UInt128.MaxValue);
        foreach (var (shard, next) in open.Zip(open.Skip(1)))
            shard.Range.Precedes(next.Range).ShouldBeTrue();
        // Equal but for rounding.
        foreach (var (shard, ideal) in open.Zip(HashKeyRange.Uniform(target)))
            ((double)(shard.Range.End - shard.Range.Start) / (double)(ideal.End - ideal.Start)).ShouldBe(1, 1e-9);
    }

    private static void ShouldHaveALineage(ShardMap map)
    {
        foreach (var shard in map.All)
        {
            var children = map.All.Where(child => child.IsChildOf(shard.Index)).ToArray();
            children.Length.ShouldBeInRange(shard.IsOpen ? 0 : 1, shard.IsOpen ? 0 : 2, shard.ToString());
            children.ShouldAllBe(child => child.Index > shard.Index);
            // All of a closed shard's keys go on in its children, each in one of them.
            if (!shard.IsOpen)
                children.Aggregate(UInt128.Zero, (sum, child) => sum + Common(child.Range, shard.Range)).ShouldBe(shard.Range.End - shard.Range.Start + 1);
            if (shard.AdjacentParentIndex is { } adjacent)
                map.Find(shard.ParentIndex!.Value)!.Range.Precedes(map.Find(adjacent)!.Range).ShouldBeTrue();
        }
    }

    private static UInt128 Common(HashKeyRange one, HashKeyRange other)
    {
        var start = UInt128.Max(one.Start, other.Start);
        var end = UInt128.Min(one.End, other.End);
        return start > end ? 0 : end - start + 1;
    }

    private static ShardMap NewMap(int shards) => new(HashKeyRange.Uniform(shards).Select((range, index) => new Shard(index, range, Now)));

    private static ShardMap Scale(ShardMap map, int target) => map.With(UniformScaling.Plan(map, target, Now, _ => 7));
}
