using Headrace.ControlPlane;
using Headrace.Server.Pipelines;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Server.Tests.Pipelines;

/// <summary>What is kept of pipelines that tell of themselves.</summary>
public sealed class PipelineBookTests
{
    private static readonly AccountScope Scope = new("000000000000", "us-east-1");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly PipelineBook _book;

    public PipelineBookTests() => _book = new PipelineBook(_time);

    [Fact]
    public void A_groups_counts_are_those_of_all_its_workers_and_outlive_them()
    {
        Tell("a", read: 10, routed: 9, behind: 3);
        Tell("b", read: 5, routed: 5, behind: 700);
        Tell("a", read: 12, routed: 11, behind: 2);
        var both = _book.Look(Scope).ShouldHaveSingleItem();
        both.Counts.Read.ShouldBe(17);
        both.Routes.ShouldHaveSingleItem().Records.ShouldBe(16);
        both.Workers.Select(worker => (worker.Report.Worker, worker.Report.MillisBehindLatest)).ShouldBe([("a", 2), ("b", 700)]);

        Tell("a", read: 13, routed: 12, isLast: true);
        Tell("c", read: 1, routed: 1);
        var after = _book.Look(Scope).ShouldHaveSingleItem();
        after.Counts.Read.ShouldBe(19);
        after.Routes.ShouldHaveSingleItem().Records.ShouldBe(18);
        after.Workers.Select(worker => worker.Report.Worker).ShouldBe(["b", "c"]);
    }

    [Fact]
    public void A_report_that_was_overtaken_takes_nothing_away()
    {
        Tell("a", read: 12, routed: 11);
        Tell("a", read: 10, routed: 9);
        _book.Look(Scope).ShouldHaveSingleItem().Counts.Read.ShouldBe(12);
    }

    [Fact]
    public void A_worker_that_falls_silent_does_not_count_and_its_return_counts_nothing_twice()
    {
        Tell("a", read: 10, routed: 9);
        _time.Advance(PipelineBook.Silence + TimeSpan.FromSeconds(1));
        _book.Look(Scope).ShouldHaveSingleItem().Workers.ShouldBeEmpty();
        Tell("a", read: 11, routed: 10);
        var back = _book.Look(Scope).ShouldHaveSingleItem();
        back.Workers.ShouldHaveSingleItem();
        back.Counts.Read.ShouldBe(11);
    }

    [Fact]
    public void A_checkpoint_grows_older_between_reports()
    {
        Tell("a", read: 1, routed: 1);
        _time.Advance(TimeSpan.FromSeconds(3));
        _book.Look(Scope).Single().Workers.Single().CheckpointAge(_time.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(3.25));
    }

    [Fact]
    public void A_group_without_workers_is_forgotten_after_an_hour()
    {
        Tell("a", read: 1, routed: 1, isLast: true);
        _time.Advance(PipelineBook.Memory);
        _book.Look(Scope).ShouldHaveSingleItem();
        _time.Advance(TimeSpan.FromSeconds(1));
        _book.Look(Scope).ShouldBeEmpty();
    }

    [Fact]
    public void More_groups_than_fit_push_out_the_one_that_was_silent_longest()
    {
        for (var i = 0; i <= PipelineBook.MaxGroups; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Tell("a", read: 1, routed: 1, group: $"group-{i}");
        }
        var groups = _book.Look(Scope).Select(each => each.Key.Group).ToList();
        groups.Count.ShouldBe(PipelineBook.MaxGroups);
        groups.ShouldNotContain("group-0");
        groups.ShouldContain($"group-{PipelineBook.MaxGroups}");
    }

    [Fact]
    public void More_workers_than_fit_push_out_the_one_that_was_silent_longest()
    {
        for (var i = 0; i <= PipelineBook.MaxWorkers; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Tell($"worker-{i}", read: 1, routed: 1);
        }
        var workers = _book.Look(Scope).Single().Workers.Select(worker => worker.Report.Worker).ToList();
        workers.Count.ShouldBe(PipelineBook.MaxWorkers);
        workers.ShouldNotContain("worker-0");
    }

    [Fact]
    public void Routes_that_a_changed_pipeline_no_longer_has_are_gone()
    {
        Tell("a", read: 1, routed: 1, route: "old");
        Tell("b", read: 1, routed: 1, route: "new");
        _book.Look(Scope).Single().Routes.Select(route => route.Name).ShouldBe(["new"]);
    }

    [Fact]
    public void Another_account_or_region_is_told_nothing_of_it()
    {
        Tell("a", read: 1, routed: 1);
        _book.Look(new AccountScope("111122223333", "us-east-1")).ShouldBeEmpty();
        _book.Look(new AccountScope("000000000000", "eu-west-1")).ShouldBeEmpty();
    }

    private void Tell(string worker, long read, long routed, long behind = 0, bool isLast = false, string group = "etl", string route = "usa") => _book.Take(
        new PipelineReport(
            new PipelineKey(Scope, "sessions", group, "source"), worker, "dead.ndjson", new PipelineCounts(read, read, 0, 0, 0),
            [new PipelineRouteReport(route, "usa-sessions", null, routed)], behind, TimeSpan.FromMilliseconds(250)),
        isLast);
}
