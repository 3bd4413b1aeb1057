using System.CommandLine;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Shards;

/// <summary><c>shards</c>: what many shards cost, in memory and in speed.</summary>
internal sealed class ShardsCommand : MeasuringCommand
{
    private const int ShardsPerStream = 10;
    private readonly Option<int> _streams = new("--streams") { DefaultValueFactory = _ => 1000, Description = "Streams of 10 shards" };
    private readonly Option<int> _seconds = new("--seconds") { DefaultValueFactory = _ => 5, Description = "Seconds of load in a round, on each side" };

    public ShardsCommand()
        : base("shards", "Many streams of 10 shards, all written to, beside one stream of 4 shards in the same server.", rounds: 3)
    {
        AddCount(_streams);
        AddCount(_seconds);
    }

    protected override Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation) =>
        new ShardsRun(settings, parsed.GetValue(_streams), ShardsPerStream, parsed.GetValue(_seconds)).RunAsync(cancellation);
}
