using System.CommandLine;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Etl;

/// <summary><c>etl</c>: the lab's transform and routing, in C# and in jq, beside a boto3 loop that puts record by record.</summary>
internal sealed class EtlCommand : MeasuringCommand
{
    private readonly Option<int> _records = new("--records") { DefaultValueFactory = _ => 400_000, Description = "User sessions in the source, which both forms of headrace etl move in every round" };
    private readonly Option<int> _loop = new("--loop-records") { DefaultValueFactory = _ => 3_000, Description = "How many of them the boto3 loop moves" };

    public EtlCommand()
        : base("etl", "The lab's transform over 4 source shards into two streams: headrace etl in C# and in jq, and the lab's boto3 loop.", rounds: 3)
    {
        AddCount(_records);
        AddCount(_loop);
    }

    protected override async Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation)
    {
        var (records, looped) = (parsed.GetValue(_records), Math.Min(parsed.GetValue(_loop), parsed.GetValue(_records)));
        using var server = await settings.StartServerAsync("data", cancellation);
        using var run = new EtlRun(settings, server.Endpoint);
        settings.Progress.WriteLine($"bench: putting {records:N0} sessions into the source");
        await run.FillAsync(records, cancellation);
        List<double> loop = [], code = [], jq = [];
        for (var round = 1; round <= settings.Rounds; round++)
        {
            loop.Add(await run.LoopAsync(looped, cancellation));
            code.Add(await run.PipelineAsync("pipeline.yaml", $"code-{round}", records, cancellation));
            jq.Add(await run.PipelineAsync("pipeline-jq.yaml", $"jq-{round}", records, cancellation));
            settings.Progress.WriteLine($"bench: round {round} of {settings.Rounds}: boto3 {loop[^1]:N0}, C# {code[^1]:N0}, jq {jq[^1]:N0} records/s");
        }
        return new Measurement(
            "etl",
            settings.Rounds,
            [
                new("loopRecordsPerSecond", "boto3 loop, PutRecord a record", Median.Of(loop), "records/s", 0),
                new("codeRecordsPerSecond", "headrace etl, transform in C#", Median.Of(code), "records/s", 0),
                new("jqRecordsPerSecond", "headrace etl, transform in jq", Median.Of(jq), "records/s", 0),
                new("codeRatio", "C# to the loop", Median.Of(code.Zip(loop, (ours, theirs) => ours / theirs)), "", 1),
                new("jqRatio", "jq to the loop", Median.Of(jq.Zip(loop, (ours, theirs) => ours / theirs)), "", 1),
            ],
            $"User sessions of 4 shards into two streams of 2, fsync, each output once; {records:N0} by headrace etl, {looped:N0} by the loop. Medians; ratios of the same round.");
    }
}
