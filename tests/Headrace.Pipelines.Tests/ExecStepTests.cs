using System.Text;

namespace Headrace.Pipelines.Tests;

public sealed class ExecStepTests
{
    [Fact]
    public async Task Answers_may_be_one_record_many_none_or_a_refusal() =>
        (await RunAsync("print({'1': '{\"a\":1}', '2': '[1,2]', '3': 'null', '4': '{\"$error\":\"no fours\"}', '5': 'oops'}[line.strip()], flush=True)", "1", "2", "3", "4", "5"))
            .ShouldBe("1={\"a\":1} 2=1 2=2 3=dropped 4!no fours 5!the program answered no JSON: ");

    [Fact]
    public async Task A_record_that_kills_the_program_is_found_and_the_others_pass_in_order()
    {
        var records = Enumerable.Range(0, 50).Select(i => i is 20 or 33 ? "\"poison\"" : i.ToString()).ToArray();
        var page = await PageAsync("sys.exit('poisoned') if 'poison' in line else print(line.strip(), flush=True)", records);
        page.Faults.Keys.Order().ShouldBe([20, 33]);
        page.Faults[20].Reason.ShouldBe("the program ended with exit code 1: poisoned");
        page.Faults[20].Stage.ShouldBe("steps[0].exec");
        page.Outputs.Select(output => output.Origin).ShouldBe(Enumerable.Range(0, 50).Except([20, 33]));
        page.Outputs.Select(output => Encoding.UTF8.GetString(output.Json.Span)).ShouldBe(page.Outputs.Select(output => output.Origin.ToString()));
    }

    [Fact]
    public async Task A_program_that_dies_now_and_then_loses_and_repeats_nothing()
    {
        var page = await PageAsync("print(line.strip(), flush=True); seen = globals().get('seen', 0) + 1; os._exit(9) if seen % 9 == 0 else None", [.. Enumerable.Range(0, 40).Select(i => i.ToString())]);
        page.Faults.ShouldBeEmpty();
        page.Outputs.Select(output => Encoding.UTF8.GetString(output.Json.Span)).ShouldBe(Enumerable.Range(0, 40).Select(i => i.ToString()));
    }

    [Fact]
    public async Task A_program_that_does_not_answer_is_ended() =>
        (await PageAsync("time.sleep(100) if '1' in line else print(line.strip(), flush=True)", ["0", "1", "2"], "10s")).Faults.ShouldHaveSingleItem().Value.Reason.ShouldContain("no answer within 10 s");

    [Fact]
    public async Task A_program_that_never_answers_ends_the_run() =>
        (await Should.ThrowAsync<PipelineException>(() => PageAsync("sys.exit('broken')", [.. Enumerable.Range(0, 100).Select(i => i.ToString())]))).Message.ShouldContain("broken");

    [Fact]
    public async Task A_program_that_is_not_there_ends_the_run()
    {
        var plan = PipelineFile.Parse(Dry.Steps("  - exec: { command: [no-such-program] }"), "p.yaml");
        (await Should.ThrowAsync<PipelineException>(() => Dry.RunAsync(plan, ["1"u8.ToArray()]))).Message.ShouldContain("cannot start no-such-program");
    }

    private static string Yaml(string code, string timeout) => Dry.Steps($$"""
          - exec:
              timeout: {{timeout}}
              command:
                - python3
                - -c
                - |
                  import sys, os, time
                  for line in sys.stdin:
                      {{code}}
        """);

    private static async Task<string> RunAsync(string code, params string[] records) =>
        string.Join(' ', (await Dry.RunAsync(Yaml(code, "30s"), records)).Select(outcome => outcome.Fault is { } fault
            ? $"{outcome.Record}!{fault.Reason[..Math.Min(fault.Reason.Length, 30)]}"
            : $"{outcome.Record}={(outcome.Destination is null ? "dropped" : outcome.Text())}"));

    private static async Task<PageResult> PageAsync(string code, string[] records, string timeout = "30s")
    {
        using var work = new PageWork(PipelineFile.Parse(Yaml(code, timeout), "p.yaml"));
        return await work.RunAsync(new SourcePage("s", [.. records.Select((record, i) => new Client.ConsumedRecord("s", i.ToString(), "k", Encoding.UTF8.GetBytes(record), DateTimeOffset.UnixEpoch, 0))]), CancellationToken.None);
    }
}
