using System.Text;
using CsCheck;

namespace Headrace.Pipelines.Tests;

public sealed class StepTests : IDisposable
{
    private readonly Headrace.Jq.JqProgram _identity = Headrace.Jq.JqProgram.Compile(".");

    public void Dispose() => _identity.Dispose();

    [Theory]
    [InlineData("- filter: .n > 1", """{"n":2}""", """{"n":2}""")]
    [InlineData("- filter: .n > 1", """{"n":1}""", "")]
    [InlineData("- drop: .kind == \"test\"", """{"kind":"test"}""", "")]
    [InlineData("- drop: .kind == \"test\"", """{"kind":"real"}""", """{"kind":"real"}""")]
    [InlineData("- project: { a: .x.y, b: .z }", """{"x":{"y":[1]},"w":2}""", """{"a":[1]}""")]
    [InlineData("- flatten: .items", """{"items":[{"a":1},"b",[2]]}""", """{"a":1} "b" [2]""")]
    [InlineData("- flatten: .items", """{"items":[]}""", "")]
    [InlineData("- jq: \".[]\"", "[1,2]", "1 2")]
    [InlineData("- jq: empty", "[1,2]", "")]
    public async Task A_step_makes_of_a_record_what_it_says(string step, string record, string expected)
    {
        var outcomes = await Dry.RunAsync(Dry.Steps("  " + step), record);
        string.Join(' ', outcomes.Where(outcome => outcome.Destination is not null).Select(Dry.Text)).ShouldBe(expected);
        outcomes.ShouldAllBe(outcome => outcome.Fault == null);
    }

    [Theory]
    [InlineData("- jq: .a.b", """{"a":1}""", "steps[0].jq", "Cannot index number")]
    [InlineData("- flatten: .items", """{"items":5}""", "steps[0].flatten", ".items is no array")]
    [InlineData("- filter: .a.b", """{"a":1}""", "steps[0].filter", "Cannot index number")]
    [InlineData("- jq: .", "{\"a\":01}", "parse", "not JSON")]
    [InlineData("- jq: .", "nan", "parse", "not JSON")]
    [InlineData("- deduplicate: { key: .id, within: 1h }", "{}", "steps[0].deduplicate", "key .id is missing")]
    [InlineData("- window: { size: 1h, time: .t, aggregates: { n: count } }", """{"t":"soon"}""", "steps[0].window", "time .t is no time")]
    [InlineData("- window: { size: 1h, time: .t, aggregates: { n: { sum: .x } } }", """{"t":5,"x":"y"}""", "steps[0].window", ".x is no number")]
    public async Task What_fails_is_told_with_its_stage_and_reason(string step, string record, string stage, string reason)
    {
        var outcome = (await Dry.RunAsync(Dry.Steps("  " + step), record)).ShouldHaveSingleItem();
        outcome.Fault!.Stage.ShouldBe(stage);
        outcome.Fault.Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task A_record_goes_as_a_whole_or_not_at_all()
    {
        var outcomes = await Dry.RunAsync(Dry.Steps("  - jq: \".[]\"\n  - jq: if . == 2 then error(\"two\") else . end"), "[1,2,3]", "[4]");
        outcomes.Select(outcome => (outcome.Record, outcome.Fault?.Reason, outcome.Text())).ShouldBe([(1, "two", ""), (2, null, "4")]);
    }

    [Fact]
    public async Task Routes_are_tried_in_order_and_may_go_on()
    {
        const string yaml = """
            source: { stream: s }
            routes:
              - { when: .n > 10, to: [big, copy], continue: true }
              - { when: .n > 100, to: huge }
              - { when: .n < 1000, to: rest }
            destinations:
              big: { stream: big, partition-key: .n }
              copy: { delivery-stream: copy }
              huge: { stream: huge }
              rest: { stream: rest, partition-key: .k }
            """;
        var outcomes = await Dry.RunAsync(yaml, """{"n":5,"k":"x"}""", """{"n":50,"k":"y"}""", """{"n":500}""", """{"n":7}""", """{"n":8,"k":[]}""");
        string.Join(' ', outcomes.Where(outcome => outcome.Fault is null).Select(outcome => $"{outcome.Record}:{outcome.Destination}:{outcome.PartitionKey}"))
            .ShouldBe("1:rest:x 2:big:50 2:copy:dry-run 2:rest:y 3:big:500 3:copy:dry-run 3:huge:dry-run");
        outcomes.Where(outcome => outcome.Fault is not null).Select(outcome => (outcome.Record, outcome.Fault!.Stage, outcome.Fault.Reason))
            .ShouldBe([(4, "route", "partition key .k is missing"), (5, "route", "partition key .k is neither text nor number")]);
    }

    [Fact]
    public async Task Copies_are_dropped_within_their_time_only()
    {
        var outcomes = await Dry.RunAsync(
            Dry.Steps("  - deduplicate: { key: .id, within: 10s, time: .t }"), """{"id":1,"t":100}""", """{"id":1,"t":105}""", """{"id":"1","t":106}""", """{"id":1,"t":111}""", """{"id":1,"t":121}""");
        outcomes.Where(outcome => outcome.Destination is not null).Select(outcome => outcome.Record).ShouldBe([1, 3, 4]);
    }

    [Fact]
    public async Task Sliding_windows_overlap_and_late_records_are_told()
    {
        var outcomes = await Dry.RunAsync(
            Dry.Steps("  - window: { size: 10s, every: 5s, time: .t, lateness: 2s, close-at-end: true, aggregates: { n: count, least: { min: .v }, mean: { mean: .v } } }"),
            """{"t":101,"v":4}""", """{"t":107,"v":8}""", """{"t":113}""", """{"t":108,"v":1}""", """{"t":101,"v":1}""");
        outcomes.Where(outcome => outcome.Destination is not null).Select(Dry.Text).ShouldBe(
        [
            Window(95, 105, 1, "4", "4"), Window(100, 110, 2, "4", "6"), Window(105, 115, 2, "8", "8"), Window(110, 120, 1, "null", "null"),
        ]);
        outcomes.Where(outcome => outcome.Fault is not null).Select(outcome => outcome.Record).ShouldBe([4, 5]);
        outcomes.First(outcome => outcome.Fault is not null).Fault!.Reason.ShouldStartWith("late: ");
    }

    /// <summary>The short ways read what jq reads.</summary>
    [Theory]
    [InlineData(".a")]
    [InlineData(".a.b")]
    [InlineData(".a == \"x\"")]
    [InlineData(".a.b != \"x\"")]
    public void A_short_expression_gives_what_jq_gives(string text)
    {
        using var expression = new Expression(text);
        using var program = Headrace.Jq.JqProgram.Compile(text);
        var outputs = new Headrace.Jq.JqOutputs();
        string[] parts = ["{\"a\":", "{\"b\":", "\"x\"", "\"y\"", "1", "null", "true", "[]", "}", ",\"a\":", ",\"c\":", "{}", "\"\\u0078\""];
        Gen.Int[0, parts.Length - 1].Array[1, 8].Select(picks => string.Concat(picks.Select(pick => parts[pick]))).Sample(json =>
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var fault = program.Run(bytes, outputs);
            if (fault?.Stage == Headrace.Jq.JqStage.Input)
                return;
            expression.Evaluate(bytes, out var value).ShouldBe(fault?.Message, json);
            if (fault is null)
                (value.Json.IsEmpty ? "null" : Written(value.Json)).ShouldBe(Encoding.UTF8.GetString(outputs[0].Span), json);
        }, iter: 3000, threads: 1);
    }

    private string Written(ReadOnlyMemory<byte> json)
    {
        var outputs = new Headrace.Jq.JqOutputs();
        _identity.Run(json.Span, outputs).ShouldBeNull();
        return Encoding.UTF8.GetString(outputs[0].Span);
    }

    private static string Window(int start, int end, int count, string least, string mean) =>
        $$"""{"window_start":"{{Time(start)}}","window_end":"{{Time(end)}}","n":{{count}},"least":{{least}},"mean":{{mean}}}""";

    private static string Time(int seconds) => $"1970-01-01T00:0{seconds / 60}:{seconds % 60:00}Z";
}
