using CsCheck;

namespace Headrace.Client.Tests.Workers;

public sealed class ShardLeasesTests
{
    // 0 was split into 1 and 2, which were merged into 3; 4 is on its own.
    private static readonly ShardDescription[] Shards = [Shard("0", closed: true), Shard("1", closed: true, "0"), Shard("2", closed: true, "0"), Shard("3", closed: false, "1", "2"), Shard("4", closed: false)];

    [Theory]
    [InlineData("TRIM_HORIZON", "0 4")]
    [InlineData("LATEST", "3 4")]
    [InlineData("AT_TIMESTAMP", "0 1 2 3 4")]
    public void A_group_begins_with_the_shards_that_its_position_needs(string initial, string expected)
    {
        var missing = ShardLeases.Missing(Shards, [], new LeaseCheckpoint(initial));
        Ids(missing).ShouldBe(expected);
        missing.ShouldAllBe(lease => lease.Checkpoint == new LeaseCheckpoint(initial));
        missing.Single(lease => lease.ShardId == "4").StartingHashKey.ShouldBe("0");
    }

    [Fact]
    public void Children_follow_when_all_parents_have_ended()
    {
        Missing(At("0"), At("4")).ShouldBe("");
        Missing(Ended("0"), At("4")).ShouldBe("1 2");
        Ids(ShardLeases.Missing(Shards, [At("0"), At("4")], LeaseCheckpoint.Latest, ended: "0")).ShouldBe("1 2");
        Missing(Ended("0"), Ended("1"), At("2"), At("4")).ShouldBe("");
        Missing(Ended("0"), Ended("1"), Ended("2"), At("4")).ShouldBe("3");
        ShardLeases.Missing(Shards, [Ended("0"), At("4")], LeaseCheckpoint.Latest)[0].Checkpoint.ShouldBe(LeaseCheckpoint.TrimHorizon);
    }

    [Fact]
    public void What_was_read_before_is_not_read_again_and_what_a_crash_left_out_is_made_up()
    {
        // The parents' leases have been deleted.
        Missing(At("3"), At("4")).ShouldBe("");
        Missing(At("2"), At("4")).ShouldBe("1");
        Missing(At("3")).ShouldBe("4");
    }

    [Fact]
    public void A_child_whose_parents_grew_too_old_begins_at_once() =>
        Ids(ShardLeases.Missing([Shard("3", closed: false, "1", "2"), Shard("4", closed: false)], [At("4")], LeaseCheckpoint.Latest)).ShouldBe("3");

    [Fact]
    public void An_ended_lease_goes_when_its_children_have_begun_or_its_records_are_gone()
    {
        Finished(Ended("0"), At("1"), At("2"), At("4")).ShouldBe("");
        Finished(Ended("0"), At("1", "5"), At("2"), At("4")).ShouldBe("");
        Finished(Ended("0"), At("1", "5"), Ended("2"), At("4")).ShouldBe("0");
        Finished(Ended("-1"), At("4")).ShouldBe("-1");
        Finished(At("0", "5"), At("4")).ShouldBe("");
        Finished(Ended("0"), At("1", "5"), At("4")).ShouldBe("");
    }

    /// <summary>
    /// A stream is split and merged at random while a group reads it, syncs at random and deletes what is finished: every shard has a lease once, all
    /// are read, and none before its parents.
    /// </summary>
    [Fact]
    public void Every_shard_is_read_once_and_after_its_parents() =>
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            List<ShardDescription> shards = [Shard("0", closed: false), Shard("1", closed: false)];
            Dictionary<string, Lease> leases = new(StringComparer.Ordinal);
            List<string> read = [];
            for (var step = 0; step < 120 || shards.Any(shard => !read.Contains(shard.ShardId) && shard.EndingSequenceNumber is not null); step++)
            {
                if (step < 100 && random.Next(4) == 0)
                    Reshard(shards, random);
                string? ended = null;
                var ready = leases.Values.Where(lease => !lease.IsEnded && lease.ParentShardIds.All(parent => !leases.TryGetValue(parent, out var p) || p.IsEnded)).ToList();
                if (ready.Count > 0)
                {
                    var lease = ready[random.Next(ready.Count)];
                    var shard = shards.Single(s => s.ShardId == lease.ShardId);
                    leases[lease.ShardId] = lease with { Checkpoint = new LeaseCheckpoint("1") };
                    if (shard.EndingSequenceNumber is not null)
                        read.Add(ended = shard.ShardId);
                }
                if (ended is not null || random.Next(3) == 0)
                {
                    foreach (var lease in ShardLeases.Missing(shards, [.. leases.Values], LeaseCheckpoint.TrimHorizon, ended))
                        leases.Add(lease.ShardId, lease);
                }
                if (ended is not null)
                    leases[ended] = leases[ended] with { Checkpoint = LeaseCheckpoint.ShardEnd };
                if (random.Next(3) == 0)
                {
                    foreach (var lease in ShardLeases.Finished(shards, [.. leases.Values]))
                        leases.Remove(lease.ShardId);
                }
            }
            read.ShouldBeUnique();
            foreach (var shard in shards.Where(shard => read.Contains(shard.ShardId)))
            {
                foreach (var parent in new[] { shard.ParentShardId, shard.AdjacentParentShardId }.OfType<string>())
                    read.IndexOf(parent).ShouldBeInRange(0, read.IndexOf(shard.ShardId) - 1);
            }
        }, iter: 200);

    private static void Reshard(List<ShardDescription> shards, Random random)
    {
        var open = shards.Where(shard => shard.EndingSequenceNumber is null).ToList();
        var chosen = open[random.Next(open.Count)];
        Close(shards, chosen);
        if (open.Count > 1 && random.Next(2) == 0)
        {
            var other = open.First(shard => shard != chosen);
            Close(shards, other);
            shards.Add(Shard($"{shards.Count}", closed: false, chosen.ShardId, other.ShardId));
            return;
        }
        shards.Add(Shard($"{shards.Count}", closed: false, chosen.ShardId));
        shards.Add(Shard($"{shards.Count}", closed: false, chosen.ShardId));
    }

    private static void Close(List<ShardDescription> shards, ShardDescription shard) => shards[shards.IndexOf(shard)] = shard with { EndingSequenceNumber = "9" };

    private static string Missing(params Lease[] leases) => Ids(ShardLeases.Missing(Shards, leases, LeaseCheckpoint.Latest));

    private static string Finished(params Lease[] leases) => Ids(ShardLeases.Finished(Shards, leases));

    private static string Ids(IReadOnlyList<Lease> leases) => string.Join(' ', leases.Select(lease => lease.ShardId).Order(StringComparer.Ordinal));

    private static Lease At(string shardId, string? number = null) =>
        new() { ShardId = shardId, Checkpoint = number is null ? LeaseCheckpoint.TrimHorizon : new LeaseCheckpoint(number) };

    private static Lease Ended(string shardId) => new() { ShardId = shardId, Checkpoint = LeaseCheckpoint.ShardEnd };

    private static ShardDescription Shard(string id, bool closed, string? parent = null, string? adjacent = null) => new(id, parent, adjacent, "0", "9", "1", closed ? "9" : null);
}
