using Headrace.Streams.Accounts;

namespace Headrace.Streams.Tests.Accounts;

public class BillingCommitmentTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_lasts_a_day_at_least()
    {
        var commitment = BillingCommitment.Never.Enable(Start);
        commitment.StatusAt(Start).ShouldBe(CommitmentStatus.Enabled);
        commitment.EarliestAllowedEndAt.ShouldBe(Start.AddHours(24));
        var ending = commitment.Disable(Start.AddHours(1));
        ending.StatusAt(Start.AddHours(23)).ShouldBe(CommitmentStatus.EnabledUntilEarliestAllowedEnd);
        ending.StatusAt(Start.AddHours(24)).ShouldBe(CommitmentStatus.Disabled);
        ending.EndsAt.ShouldBe(Start.AddHours(24));
    }

    [Fact]
    public void After_its_term_it_ends_at_once()
    {
        var ended = BillingCommitment.Never.Enable(Start).Disable(Start.AddHours(30));
        ended.StatusAt(Start.AddHours(30)).ShouldBe(CommitmentStatus.Disabled);
        ended.EndsAt.ShouldBe(Start.AddHours(30));
        ended.Enable(Start.AddHours(40)).ShouldBe(new BillingCommitment(Start.AddHours(40), null));
    }

    [Fact]
    public void An_end_that_has_not_come_can_be_taken_back()
    {
        var commitment = BillingCommitment.Never.Enable(Start);
        commitment.Disable(Start.AddHours(1)).Enable(Start.AddHours(2)).ShouldBe(commitment);
        commitment.Enable(Start.AddHours(3)).ShouldBe(commitment);
        BillingCommitment.Never.Disable(Start).ShouldBe(BillingCommitment.Never);
        BillingCommitment.Never.StatusAt(Start).ShouldBe(CommitmentStatus.Disabled);
    }
}
