using System.CommandLine;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Client;

/// <summary><c>client</c>: how fast the .NET library produces and consumes, beside load generators that do nothing else.</summary>
internal sealed class ClientCommand : MeasuringCommand
{
    private readonly Option<int> _seconds = new("--seconds") { DefaultValueFactory = _ => 3, Description = "Seconds of each load in a round" };
    private readonly Option<int> _megabytes = new("--megabytes") { DefaultValueFactory = _ => 300, Description = "Megabytes (10^6 bytes) of record data to consume in every round" };

    private readonly Option<bool> _memory = new("--memory")
    {
        Description = "Produce small records, aggregated and not, also to a server whose data is in memory (/dev/shm), where no disk holds them up",
    };

    private readonly Option<bool> _limited = new("--limits")
    {
        Description = "Produce small records, aggregated and not, also to a server whose shards have AWS's limits",
    };

    public ClientCommand()
        : base("client", "The .NET library's producer beside wrk, with and without aggregation, and its consumer beside a reader that only counts.", rounds: 3)
    {
        AddCount(_seconds);
        AddCount(_megabytes);
        Add(_memory);
        Add(_limited);
    }

    protected override async Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation)
    {
        var produced = await new ProduceRun(settings, parsed.GetValue(_seconds)).RunAsync(cancellation);
        var consumed = await new ConsumeRun(settings, parsed.GetValue(_megabytes)).RunAsync(cancellation);
        IReadOnlyList<Figure> aggregated = [];
        if (parsed.GetValue(_memory))
        {
            using var memory = DataFolder.CreateInMemory(Name);
            aggregated = await new AggregationRun(settings with { Folder = memory }, parsed.GetValue(_seconds)).RunAsync(cancellation);
        }
        IReadOnlyList<Figure> limited = parsed.GetValue(_limited) ? await new LimitedRun(settings, parsed.GetValue(_seconds)).RunAsync(cancellation) : [];
        return new Measurement(
            Name,
            settings.Rounds,
            [.. produced, .. consumed, .. aggregated, .. limited],
            "One process of the library against one of the server over loopback, with fsync. Allocation is all that the library's process allocated. Medians."
                + (aggregated.Count > 0 ? $" \"Data in memory\" is in {DataFolder.Memory}, where nothing is durable: what it shows is what processors do." : ""));
    }
}
