using CsCheck;

namespace Headrace.Pipelines.Tests;

public sealed class CheckpointPrefixTests
{
    [Fact]
    public void A_checkpoint_never_passes_an_unsettled_record() =>
        Gen.Shuffle(Enumerable.Range(1, 20).ToArray()).Sample(order =>
        {
            var prefix = new CheckpointPrefix(new Dictionary<string, string> { ["old"] = "9" });
            var marks = Enumerable.Range(1, 20).ToDictionary(i => i, i => prefix.Begin("s", i.ToString()));
            var settled = new HashSet<int>();
            var expected = 0;
            foreach (var number in order)
            {
                prefix.Settle(marks[number]);
                settled.Add(number);
                var moved = false;
                while (settled.Contains(expected + 1))
                {
                    expected++;
                    moved = true;
                }
                var saved = prefix.TakeChanged();
                if (!moved)
                {
                    saved.ShouldBeNull();
                    continue;
                }
                saved!["s"].ShouldBe(expected.ToString());
                saved["old"].ShouldBe("9");
            }
            expected.ShouldBe(20);
        });

    [Fact]
    public void Shards_do_not_hold_one_another_up()
    {
        var prefix = new CheckpointPrefix(new Dictionary<string, string>());
        prefix.Begin("a", "1");
        prefix.Settle(prefix.Begin("b", "2"));
        prefix.TakeChanged().ShouldBe(new Dictionary<string, string> { ["b"] = "2" });
        prefix.TakeChanged().ShouldBeNull();
    }
}
